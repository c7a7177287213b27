using System.Globalization;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Archives;

/// <summary>Whether the entries of an archive are one history without a hole that time does not explain.</summary>
public static class HistoryCheck
{
    private const int MarginDays = 2; // entries outlive their promised days by so many
    private const int SkewDays = 2; // clocks and zones

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
            findings.Pass(
                "entries",
                $"All {entries.Count} entries have the hashes that they claim.");
        Order(entries, findings);
        Holes(archive, entries, findings);
        findings.Check(
            entries.Count > 0 && entries[^1].Turn == (long)archive.Manifest["lastTurn"]!, "history-end",
            "The history ends where the archive says.", "The history does not end where the archive says: its end is missing.");
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
            throw new UnreadableException("A row of entries.json is not of its form.");
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
                    $"The entry of turn {entries[i].Turn} does not stand behind the one before it: entries were swapped or put in.");
            if (entries[i].Partition != entries[0].Partition)
                findings.Fail("history-order", $"The entry of turn {entries[i].Turn} is of another partition: it was put in.");
            if (!keys.Add(entries[i].Key)) findings.Fail("history-order", $"The entry of turn {entries[i].Turn} is there twice.");
        }
        if (findings.Failed("history-order") == 0) findings.Pass("history-order", "The entries stand in one order.");
    }

    /// <summary>
    /// A turn may be missing only when its entry can have expired. It was written after all entries before it, so its day is no earlier
    /// than
    /// the latest of their days less the time that an event may be late; if even that day is kept, the entry was left out.
    /// </summary>
    private static void Holes(ArchiveReader archive, List<EntryRow> entries, Findings findings)
    {
        var (next, latest, expired) = (1L, DateOnly.MinValue, 0L);
        var lastGone = LastDayGone(archive);
        var lateness = RuleSetCheck.LatenessDaysMax(archive) + SkewDays;
        foreach (var entry in entries)
        {
            if (entry.Turn > next)
            {
                // Consent itself is kept until it is renewed.
                if (latest.DayNumber - lateness > lastGone.DayNumber
                    || (next == 1 && !entries.Exists(e => e.Kind == EntryKinds.ConsentRenewed)))
                    findings.Fail(
                        "entry-left-out",
                        $"Turns {next} to {entry.Turn - 1} are missing and too young to have expired: they were left out.");
                else
                    expired += entry.Turn - next;
            }
            if (entry.Day > latest) latest = entry.Day;
            next = entry.Turn + 1;
        }
        if (expired > 0) findings.Note("expired", $"{expired} entries are past the days for which the programme keeps them and are gone.");
        if (findings.Failed("entry-left-out") == 0) findings.Pass("holes", "No entry is missing but what has expired.");
    }

    /// <summary>The last day of which an entry can be gone on the archive's day.</summary>
    public static DateOnly LastDayGone(ArchiveReader archive) =>
        DayMade(archive).AddDays(-RuleSetCheck.RetentionDaysMin(archive) - MarginDays - 1 + SkewDays);

    /// <summary>The day on which an archive was made.</summary>
    private static DateOnly DayMade(ArchiveReader archive) => DateOnly.FromDateTime(TimeMade(archive).UtcDateTime);

    /// <summary>When an archive was made.</summary>
    public static DateTimeOffset TimeMade(ArchiveReader archive) => DateTimeOffset.ParseExact(
        (string)archive.Manifest["madeAt"]!, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
