using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Rules;

namespace Scoring.Exports;

/// <summary>Signs an archive: what it is of, as the platform knows it, and the digest of each of its files.</summary>
internal sealed class ExportSealing(ReceiptSigner signer)
{
    /// <summary>The form of the archive; a later one that others cannot read as this has another name.</summary>
    public const string SchemaVersion = "scoring-export-1";

    public ExportSeal Seal(OwnSubject own, ExportMark mark, ImmutableArray<ExportedFile> files)
    {
        var manifest = CanonicalJson.Write(new JsonObject
        {
            ["schemaVersion"] = SchemaVersion,
            ["madeAt"] = mark.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["day"] = mark.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["programme"] = own.Programme.Value,
            ["ordinal"] = own.Ordinal,
            ["subject"] = mark.Subject.ToString(),
            ["lastTurn"] = mark.LastTurn,
            ["files"] = new JsonArray([.. files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(File)]),
        });
        return new ExportSeal(manifest, signer.Sign(manifest, ReceiptSigner.ManifestType));
    }

    private static JsonNode File(ExportedFile file) =>
        new JsonObject { ["name"] = file.Name, ["bytes"] = file.Bytes, ["sha256"] = file.Sha256 };
}
