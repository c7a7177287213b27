using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Archives;

/// <summary>
/// Works a whole ledger through: every leaf into its partition's root, every public entry's leaf from what it says, and bodies that are
/// missing against those that are declared missing.
/// </summary>
public static class LedgerCheck
{
    /// <summary>Checks each partition.</summary>
    public static void Run(ArchiveReader archive, Checkpoint checkpoint, ReceiptKeys keys, Findings findings)
    {
        var (ended, tombstones) = (new HashSet<long>(), new List<(int Partition, long Position, int Kind, string Day, JsonObject Body)>());
        // Bodies go at once, checkpoints come by the hour: what is declared behind the checkpoint counts by its signature alone.
        foreach (var row in archive.Rows("later.json"))
        {
            tombstones.Add((
                row.GetProperty("partition").GetInt32(), row.GetProperty("position").GetInt64(), row.GetProperty("kindNumber").GetInt32(),
                row.GetProperty("day").GetString()!, JsonNode.Parse(EntryRow.BodyOf(row))!.AsObject()));
        }
        if (tombstones.Count > 0)
            findings.Note(
                "later",
                $"{tombstones.Count} erasures are declared behind the checkpoint and not sealed yet.");
        for (var partition = 0; partition < checkpoint.Logs.Count; partition++)
            CheckPartition(archive, partition, checkpoint.Logs[partition], ended, tombstones, findings);
        if (findings.Failed("log-root") == 0) findings.Pass("log-root", "The leaves of every partition give the root that was signed.");
        if (findings.Failed("log-gap") == 0) findings.Pass("log-gap", "No position is missing in any partition.");
        if (findings.Failed("public-changed") == 0) findings.Pass("public-changed", "Every public entry says what was sealed.");
        if (findings.Failed("conservation") == 0)
            findings.Pass(
                "conservation",
                "Every body that is missing is declared missing, and filling is declared filling.");
        foreach (var tombstone in tombstones) CheckTombstone(tombstone, ended, keys, findings);
        if (findings.Failed("erasure-unsigned") + findings.Failed("erasure-unasked") == 0)
            findings.Pass("erasures", $"All {tombstones.Count} erasures are signed and say who asked, or that their time had come.");
    }

    private static void CheckPartition(
        ArchiveReader archive, int partition, TreeHead sealedLog, HashSet<long> ended,
        List<(int, long, int, string, JsonObject)> tombstones, Findings findings)
    {
        var (log, gone, padding, declaredGone, declaredPadding) = (new MerkleRootBuilder(), 0L, 0L, 0L, 0L);
        declaredGone = tombstones.Where(later => later.Item1 == partition).Sum(later => (long)later.Item5["entries"]!);
        foreach (var row in archive.Rows(string.Create(CultureInfo.InvariantCulture, $"partition-{partition}.json")))
        {
            var (position, leaf) = (row.GetProperty("position").GetInt64(), Convert.FromHexString(row.GetProperty("leaf").GetString()!));
            if (position != log.Size + 1) findings.Fail("log-gap", $"Partition {partition} has no row at position {log.Size + 1}.");
            log.Add(leaf);
            var state = row.GetProperty("state").GetString();
            if (state == "gone") gone++;
            else if (state == "padding") padding++;
            if (state != "public") continue;
            var (kind, day, body) = (row.GetProperty("kindNumber").GetInt32(), row.GetProperty("day").GetString()!, EntryRow.BodyOf(row));
            if (!EntryRow.LeafOf(new byte[32], kind, IsoDay.Parse(day), new byte[16], body, 0, partition, position, 0).AsSpan()
                .SequenceEqual(leaf))
                findings.Fail(
                    "public-changed",
                    $"The public entry at position {position} of partition {partition} does not say what was sealed.");
            var content = JsonNode.Parse(body)!.AsObject();
            if (kind == EntryKinds.Padded) declaredPadding += (long)content["entries"]!;
            if (kind is EntryKinds.Withdrawn or EntryKinds.Expired)
            {
                declaredGone += (long)content["entries"]!;
                tombstones.Add((partition, position, kind, day, content));
            }
            if (kind == EntryKinds.Act && (string?)content["act"] == "ended") ended.Add((long)content["number"]!);
        }
        if (log.Size != sealedLog.Size || !log.Root.AsSpan().SequenceEqual(sealedLog.Root))
            findings.Fail(
                "log-root",
                $"The leaves of partition {partition} do not give the root that was signed: a leaf was changed, left out or put in.");
        // A withdrawal declares first and clears then; so the declared may be more for a moment, never less.
        if (gone > declaredGone)
            findings.Fail(
                "conservation",
                $"Partition {partition} lacks {gone} bodies and declares {declaredGone}: {gone - declaredGone} entries were erased by "
                + $"nobody's wish.");
        if (padding != declaredPadding)
            findings.Fail("conservation", $"Partition {partition} has {padding} rows of filling and declares {declaredPadding}.");
    }

    /// <summary>
    /// An erasure is a participant's by the hash of their token, the programme's end by its act, or an expiry; always signed.
    /// </summary>
    private static void CheckTombstone(
        (int Partition, long Position, int Kind, string Day, JsonObject Body) tombstone, HashSet<long> ended, ReceiptKeys keys,
        Findings findings)
    {
        var (partition, position, kind, day, body) = tombstone;
        var place = $"The erasure at position {position} of partition {partition}";
        var signature = (string?)body["signature"] ?? "";
        body.Remove("signature");
        var isAsked = body["request"] is not null || body["replayed"] is not null
            || (body["act"] is { } act && ended.Contains((long)act));
        body["day"] = day;
        body["kind"] = kind;
        body["partition"] = partition;
        body["position"] = position;
        if (!keys.HasSignedDetached(signature, Canonical(body), "erasure+jws"))
            findings.Fail("erasure-unsigned", $"{place} is not signed by the platform: somebody wrote it into the database.");
        if (kind == EntryKinds.Withdrawn && !isAsked)
            findings.Fail("erasure-unasked", $"{place} names no participant's signed request and no ended programme.");
        if (body["replayed"] is not null)
            findings.Note("erasure-replayed", $"{place} repeats one that a restored backup had lost.");
    }

    /// <summary>Members by name, no white space: RFC 8785 for texts and whole numbers.</summary>
    private static byte[] Canonical(JsonObject body)
    {
        var sorted = new JsonObject(body.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return Encoding.UTF8.GetBytes(sorted.ToJsonString(new JsonSerializerOptions
            { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
