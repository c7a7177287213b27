using Scoring.Verify.Scores;

namespace Scoring.Verify.Archives;

/// <summary>Compares a history with what its checker has kept: an earlier archive, references of queries.</summary>
public static class EarlierArchiveCheck
{
    /// <summary>Everything of an earlier archive must be there unchanged, but for what has expired.</summary>
    public static void Run(ArchiveReader archive, IReadOnlyList<EntryRow> entries, ArchiveReader earlier, Findings findings)
    {
        if ((string?)earlier.Manifest["subject"] != (string?)archive.Manifest["subject"])
        {
            findings.Fail("earlier", "The earlier archive is of somebody else, or of another enrolment.");
            return;
        }
        var (now, count, lastGone) = (entries.ToDictionary(entry => entry.Turn), 0, HistoryCheck.LastDayGone(archive));
        foreach (var row in earlier.Rows("entries.json"))
        {
            var before = EntryRow.Read(row);
            count++;
            if (!now.TryGetValue(before.Turn, out var after))
            {
                if (before.Day > lastGone)
                    findings.Fail(
                        "earlier",
                        $"The entry of turn {before.Turn} was there and is missing now: it was left out.");
            }
            else if (!after.Leaf.AsSpan().SequenceEqual(before.Leaf) || !after.Body.AsSpan().SequenceEqual(before.Body))
            {
                findings.Fail("earlier", $"The entry of turn {before.Turn} is another one than it was.");
            }
        }
        if (findings.Failed("earlier") == 0)
            findings.Pass(
                "earlier",
                $"All {count} entries of the earlier archive are there unchanged, or have expired.");
    }

    /// <summary>A question of which somebody holds the reference must be in the history.</summary>
    public static void CheckReferences(IReadOnlyList<EntryRow> entries, IReadOnlyList<string> references, Findings findings)
    {
        foreach (var reference in references)
        {
            findings.Check(
                entries.Any(entry => entry.Kind == EntryKinds.Queried && (string?)entry.Content["reference"] == reference), "reference",
                "The question with the given reference is in the history.",
                "The question with the given reference is not in the history: its entry was left out, or it is somebody else's.");
        }
    }
}
