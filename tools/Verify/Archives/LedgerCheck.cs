using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Reports;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Archives;

/// <summary>
/// Checks a whole ledger. The leaves of each partition must give the signed root, each public entry must have the leaf that was sealed, and
/// each missing body must be declared missing.
/// </summary>
public static class LedgerCheck
{
    /// <summary>Checks each partition, then each erasure.</summary>
    public static void Run(ArchiveReader archive, Checkpoint checkpoint, ReceiptKeys keys, Findings findings)
    {
        var endActions = new HashSet<long>();
        var tombstones = ReadLaterTombstones(archive);
        if (tombstones.Count > 0)
            findings.Note("later", $"{tombstones.Count} erasures are declared after the checkpoint and not sealed yet.");
        for (var partition = 0; partition < checkpoint.Logs.Count; partition++)
            new LedgerPartitionCheck(partition, endActions, tombstones, findings).Run(archive, checkpoint.Logs[partition]);
        if (findings.Failed("log-root") == 0) findings.Pass("log-root", "The leaves of every partition give the signed root.");
        if (findings.Failed("log-gap") == 0) findings.Pass("log-gap", "No position is missing in any partition.");
        if (findings.Failed("public-changed") == 0) findings.Pass("public-changed", "Every public entry says what was sealed.");
        if (findings.Failed("conservation") == 0)
            findings.Pass("conservation", "Every missing body is declared missing, and every filling row is declared as filling.");
        foreach (var tombstone in tombstones) CheckTombstone(tombstone, endActions, keys, findings);
        if (findings.Failed("erasure-unsigned") + findings.Failed("erasure-unasked") == 0)
            findings.Pass("erasures", $"All {tombstones.Count} erasures are signed and state the request or the expiry that caused them.");
    }

    /// <summary>
    /// Reads the tombstones after the checkpoint. A withdrawal clears its bodies immediately and the next checkpoint may come an hour
    /// later, so the signature alone proves these tombstones.
    /// </summary>
    private static List<Tombstone> ReadLaterTombstones(ArchiveReader archive) =>
    [
        .. archive.Rows("later.json").Select(row => new Tombstone(
            row.GetProperty("partition").GetInt32(), row.GetProperty("position").GetInt64(), row.GetProperty("kindNumber").GetInt32(),
            row.GetProperty("day").GetString()!, JsonNode.Parse(EntryRow.BodyOf(row))!.AsObject())),
    ];

    /// <summary>
    /// Every erasure must be signed. A withdrawal must state its cause: the hash of the participant's token, the action that ended the
    /// programme, or the replay after a restored backup.
    /// </summary>
    private static void CheckTombstone(Tombstone tombstone, HashSet<long> endActions, ReceiptKeys keys, Findings findings)
    {
        var (partition, position, kind, day, body) = tombstone;
        var signature = (string?)body["signature"] ?? "";
        body.Remove("signature");
        var isRequested = body["request"] is not null || body["replayed"] is not null
            || (body["act"] is { } act && endActions.Contains((long)act));
        body["day"] = day;
        body["kind"] = kind;
        body["partition"] = partition;
        body["position"] = position;
        if (!keys.HasSignedDetached(signature, Canonical(body), "erasure+jws"))
            findings.Fail(
                "erasure-unsigned",
                $"The erasure at position {position} of partition {partition} is not signed by the platform: it was written directly into "
                + $"the database.");
        if (kind == EntryKinds.Withdrawn && !isRequested)
            findings.Fail(
                "erasure-unasked",
                $"The erasure at position {position} of partition {partition} names neither a participant's request nor an ended "
                + $"programme.");
        if (body["replayed"] is not null)
            findings.Note(
                "erasure-replayed",
                $"The erasure at position {position} of partition {partition} repeats an erasure that a restored backup had lost.");
    }

    /// <summary>Members sorted by name, no white space: RFC 8785 for texts and whole numbers.</summary>
    private static byte[] Canonical(JsonObject body)
    {
        var sorted = new JsonObject(body.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return Encoding.UTF8.GetBytes(sorted.ToJsonString(new JsonSerializerOptions
            { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
