using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Audit;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Rules;

namespace Scoring.Exports;

/// <summary>
/// Makes and signs the manifests of archives: the archive's content as the platform knows it, and the digest of each file.
/// </summary>
internal sealed class ExportSealer(ReceiptSigner signer)
{
    /// <summary>The schema of a participant's archive. A schema that is not compatible with it has another name.</summary>
    public const string SchemaVersion = "scoring-export-1";

    /// <summary>The schema of an auditor's history.</summary>
    public const string HistoryVersion = "scoring-history-1";

    /// <summary>The schema of an archive of the whole ledger's leaves.</summary>
    public const string LedgerVersion = "scoring-ledger-1";

    /// <summary>Signs the manifest of a participant's archive.</summary>
    public ExportSeal Seal(OwnSubject own, ExportMark mark, ImmutableArray<ExportedFile> files) => Seal(
        new JsonObject { ["schemaVersion"] = SchemaVersion, ["programme"] = own.Programme.Value, ["ordinal"] = own.Ordinal }, mark, files);

    /// <summary>Signs the manifest of an auditor's history.</summary>
    public ExportSeal Seal(AuditAccess access, ImmutableArray<ExportedFile> files) => Seal(
        new JsonObject { ["schemaVersion"] = HistoryVersion, ["programme"] = access.Case.Programme.Value, ["case"] = access.Case.Case },
        access.Mark, files);

    /// <summary>Signs the manifest of an archive of leaves up to a checkpoint.</summary>
    public ExportSeal Seal(Checkpoint checkpoint, DateTimeOffset at, ImmutableArray<ExportedFile> files) => Seal(
        new JsonObject { ["schemaVersion"] = LedgerVersion, ["checkpoint"] = checkpoint.Number }, at, files);

    private ExportSeal Seal(JsonObject manifest, ExportMark mark, ImmutableArray<ExportedFile> files)
    {
        manifest["day"] = mark.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        manifest["subject"] = mark.Subject.ToString();
        manifest["lastTurn"] = mark.LastTurn;
        return Seal(manifest, mark.At, files);
    }

    private ExportSeal Seal(JsonObject manifest, DateTimeOffset at, ImmutableArray<ExportedFile> files)
    {
        manifest["madeAt"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        manifest["files"] = new JsonArray([.. files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(File)]);
        var written = CanonicalJson.Write(manifest);
        return new ExportSeal(written, signer.Sign(written, ReceiptSigner.ManifestType));
    }

    private static JsonNode File(ExportedFile file) =>
        new JsonObject { ["name"] = file.Name, ["bytes"] = file.Bytes, ["sha256"] = file.Sha256 };
}
