using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Reports;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Archives;

/// <summary>Checks one partition of a ledger: its leaves, its public entries, and its missing bodies.</summary>
/// <param name="partition">The partition's number.</param>
/// <param name="endActions">Receives the numbers of the actions that ended a programme.</param>
/// <param name="tombstones">Holds the tombstones after the checkpoint; receives those of the partition.</param>
/// <param name="findings">Receives the findings.</param>
internal sealed class LedgerPartitionCheck(int partition, HashSet<long> endActions, List<Tombstone> tombstones, Findings findings)
{
    private long _gone;
    private long _padding;
    private long _declaredGone = tombstones.Where(later => later.Partition == partition).Sum(later => later.Entries);
    private long _declaredPadding;

    /// <summary>Reads every row of the partition and compares it with the signed tree head.</summary>
    public void Run(ArchiveReader archive, TreeHead signed)
    {
        var log = new MerkleRootBuilder();
        foreach (var row in archive.Rows(string.Create(CultureInfo.InvariantCulture, $"partition-{partition}.json")))
        {
            var position = row.GetProperty("position").GetInt64();
            var leaf = Convert.FromHexString(row.GetProperty("leaf").GetString()!);
            if (position != log.Size + 1) findings.Fail("log-gap", $"Partition {partition} has no row at position {log.Size + 1}.");
            log.Add(leaf);
            var state = row.GetProperty("state").GetString();
            if (state == "gone") _gone++;
            else if (state == "padding") _padding++;
            else if (state == "public") CheckPublicEntry(row, position, leaf);
        }
        if (log.Size != signed.Size || !log.Root.AsSpan().SequenceEqual(signed.Root))
            findings.Fail(
                "log-root",
                $"The leaves of partition {partition} do not give the signed root: a leaf was changed, left out or inserted.");
        CheckConservation();
    }

    private void CheckPublicEntry(JsonElement row, long position, byte[] leaf)
    {
        var kind = row.GetProperty("kindNumber").GetInt32();
        var day = row.GetProperty("day").GetString()!;
        var body = EntryRow.BodyOf(row);
        var own = EntryRow.LeafOf(new byte[32], kind, IsoDay.Parse(day), new byte[16], body, 0, partition, position, 0);
        if (!own.AsSpan().SequenceEqual(leaf))
            findings.Fail(
                "public-changed",
                $"The public entry at position {position} of partition {partition} does not say what was sealed.");
        var content = JsonNode.Parse(body)!.AsObject();
        if (kind == EntryKinds.Padded) _declaredPadding += (long)content["entries"]!;
        if (kind is EntryKinds.Withdrawn or EntryKinds.Expired)
        {
            var tombstone = new Tombstone(partition, position, kind, day, content);
            _declaredGone += tombstone.Entries;
            tombstones.Add(tombstone);
        }
        if (kind == EntryKinds.Act && (string?)content["act"] == "ended") endActions.Add((long)content["number"]!);
    }

    private void CheckConservation()
    {
        // A withdrawal declares its bodies missing before it clears them, so for a moment more may be declared than are missing.
        if (_gone > _declaredGone)
            findings.Fail(
                "conservation",
                $"Partition {partition} lacks {_gone} bodies and declares {_declaredGone}: "
                + $"{_gone - _declaredGone} entries were erased without a declared request or expiry.");
        if (_padding != _declaredPadding)
            findings.Fail("conservation", $"Partition {partition} has {_padding} filling rows and declares {_declaredPadding}.");
    }
}

/// <summary>A public entry that declares how many entries were erased, and why.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Position">Its position in the partition.</param>
/// <param name="Kind">The number of its kind: a withdrawal or an expiry.</param>
/// <param name="Day">Its day.</param>
/// <param name="Body">Its body with the platform's signature.</param>
internal sealed record Tombstone(int Partition, long Position, int Kind, string Day, JsonObject Body)
{
    /// <summary>How many entries it declares erased.</summary>
    public long Entries => (long)Body["entries"]!;
}
