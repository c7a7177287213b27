using Scoring.Verify.Reports;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Archives;

/// <summary>Compares a history with what the checker has kept: an earlier archive, or references of queries.</summary>
public static class EarlierArchiveCheck
{
    /// <summary>Checks that every entry of an earlier archive is unchanged in the history, or has expired.</summary>
    public static void Run(ArchiveReader archive, IReadOnlyList<EntryRow> entries, ArchiveReader earlier, Findings findings)
    {
        if ((string?)earlier.Manifest["subject"] != (string?)archive.Manifest["subject"])
        {
            findings.Fail("earlier", "The earlier archive belongs to another subject, or to another enrolment.");
            return;
        }
        var byTurn = entries.ToDictionary(entry => entry.Turn);
        var lastGone = HistoryCheck.LastDayGone(archive);
        var count = 0;
        foreach (var row in earlier.Rows("entries.json"))
        {
            var before = EntryRow.Read(row);
            count++;
            if (!byTurn.TryGetValue(before.Turn, out var after))
            {
                if (before.Day > lastGone)
                    findings.Fail(
                        "earlier", $"The entry of turn {before.Turn} is in the earlier archive and missing now: it was left out.");
            }
            else if (!after.Leaf.AsSpan().SequenceEqual(before.Leaf) || !after.Body.AsSpan().SequenceEqual(before.Body))
            {
                findings.Fail("earlier", $"The entry of turn {before.Turn} differs from the earlier archive.");
            }
        }
        if (findings.Failed("earlier") == 0)
            findings.Pass("earlier", $"All {count} entries of the earlier archive are unchanged or have expired.");
    }

    /// <summary>Checks that each query whose reference the checker holds is in the history.</summary>
    public static void CheckReferences(IReadOnlyList<EntryRow> entries, IReadOnlyList<string> references, Findings findings)
    {
        foreach (var reference in references)
        {
            findings.Check(
                entries.Any(entry => entry.Kind == EntryKinds.Queried && (string?)entry.Content["reference"] == reference), "reference",
                "The query with the given reference is in the history.",
                "The query with the given reference is not in the history: its entry was left out, or it is about another subject.");
        }
    }
}
