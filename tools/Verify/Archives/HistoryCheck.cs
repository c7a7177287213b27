using System.Globalization;
using Scoring.Verify.Reports;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Archives;

/// <summary>Checks that the entries of an archive are one history, and that only expired entries are missing.</summary>
public static class HistoryCheck
{
    private const int MarginDays = 2; // the platform keeps entries for so many days longer than promised
    private const int SkewDays = 2; // for differences between clocks and time zones

    /// <summary>Reads the entries and checks leaves, order and holes.</summary>
    public static IReadOnlyList<EntryRow> Run(ArchiveReader archive, Findings findings)
    {
        var entries = archive.Rows("entries.json").Select(Read).ToList();
        var subject = long.Parse((string)archive.Manifest["subject"]!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        foreach (var entry in entries.Where(entry => !entry.LeafOf(subject).AsSpan().SequenceEqual(entry.Leaf)))
            findings.Fail(
                "entry-changed",
                $"The entry of turn {entry.Turn} does not have the hash that it claims: something in it was changed.");
        if (findings.Failed("entry-changed") == 0)
            findings.Pass("entries", $"All {entries.Count} entries have the hashes that they claim.");
        Order(entries, findings);
        Holes(archive, entries, findings);
        findings.Check(
            entries.Count > 0 && entries[^1].Turn == (long)archive.Manifest["lastTurn"]!, "history-end",
            "The history ends at the turn that the archive states.",
            "The history does not end at the turn that the archive states: its end is missing.");
        return entries;
    }

    private static EntryRow Read(System.Text.Json.JsonElement row)
    {
        try
        {
            return EntryRow.Read(row);
        }
        catch (Exception exception)
            when (exception is KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new UnreadableException("A row of entries.json is malformed.");
        }
    }

    private static void Order(List<EntryRow> entries, Findings findings)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0 && (entries[i].Turn <= entries[i - 1].Turn || entries[i].Position <= entries[i - 1].Position))
                findings.Fail(
                    "history-order",
                    $"The entry of turn {entries[i].Turn} is not in order after the one before it: entries were swapped or inserted.");
            if (entries[i].Partition != entries[0].Partition)
                findings.Fail("history-order", $"The entry of turn {entries[i].Turn} is of another partition: it was inserted.");
            if (!keys.Add(entries[i].Key)) findings.Fail("history-order", $"The entry of turn {entries[i].Turn} occurs twice.");
        }
        if (findings.Failed("history-order") == 0) findings.Pass("history-order", "The entries are in order.");
    }

    /// <summary>
    /// Checks that a missing turn can have expired. Its entry was written after all entries before it, so its day is not earlier than the
    /// latest of their days less the days that an event may be late. When even that day is still kept, the entry was left out.
    /// </summary>
    private static void Holes(ArchiveReader archive, List<EntryRow> entries, Findings findings)
    {
        var next = 1L;
        var latest = DateOnly.MinValue;
        var expired = 0L;
        var lastGone = LastDayGone(archive);
        var lateness = RuleSetCheck.LatenessDaysMax(archive) + SkewDays;
        foreach (var entry in entries)
        {
            if (entry.Turn > next)
            {
                // Consent is kept until it is renewed.
                if (latest.DayNumber - lateness > lastGone.DayNumber
                    || (next == 1 && !entries.Exists(e => e.Kind == EntryKinds.ConsentRenewed)))
                    findings.Fail(
                        "entry-left-out",
                        $"Turns {next} to {entry.Turn - 1} are missing and too recent to have expired: they were left out.");
                else
                    expired += entry.Turn - next;
            }
            if (entry.Day > latest) latest = entry.Day;
            next = entry.Turn + 1;
        }
        if (expired > 0) findings.Note("expired", $"{expired} entries have expired: the programme no longer keeps them.");
        if (findings.Failed("entry-left-out") == 0) findings.Pass("holes", "Only expired entries are missing.");
    }

    /// <summary>Returns the last day whose entries can have expired when the archive was made.</summary>
    public static DateOnly LastDayGone(ArchiveReader archive) =>
        DayMade(archive).AddDays(-RuleSetCheck.RetentionDaysMin(archive) - MarginDays - 1 + SkewDays);

    /// <summary>Returns the day on which the archive was made.</summary>
    private static DateOnly DayMade(ArchiveReader archive) => DateOnly.FromDateTime(TimeMade(archive).UtcDateTime);

    /// <summary>Returns when the archive was made.</summary>
    public static DateTimeOffset TimeMade(ArchiveReader archive) => DateTimeOffset.ParseExact(
        (string)archive.Manifest["madeAt"]!, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
