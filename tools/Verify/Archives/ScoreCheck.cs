using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Reports;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Archives;

/// <summary>Computes scores again from the entries and the rules, and compares them with what the archive says.</summary>
public static class ScoreCheck
{
    /// <summary>Checks the score of the archive's day and the points of each rule.</summary>
    public static void Run(ArchiveReader archive, ProgrammeDocument programme, IReadOnlyList<EntryRow> entries, Findings findings)
    {
        var explanation = archive.Parsed<JsonObject>("explanation.json");
        var own = Score(programme, entries, programme.Today);
        findings.Check(
            (own.Score, own.Tier) == ((long)explanation["score"]!, (string)explanation["tier"]!), "score",
            $"Computed again, the score of {programme.Today:O} is {own.Score} ({own.Tier}), as the platform says.",
            $"Computed again, the score of {programme.Today:O} is {own.Score} ({own.Tier}); "
            + $"the platform says {explanation["score"]} ({explanation["tier"]}).");
        var worth = explanation["rules"]!.AsArray().ToDictionary(rule => (string)rule!["rule"]!, rule => (long)rule!["worth"]!);
        foreach (var rule in worth.Keys.Union(own.Worth.Keys).Order(StringComparer.Ordinal))
        {
            if (worth.GetValueOrDefault(rule) != own.Worth.GetValueOrDefault(rule))
                findings.Fail(
                    "score",
                    $"The rule {rule} gives {own.Worth.GetValueOrDefault(rule)} points; "
                    + $"the platform says {worth.GetValueOrDefault(rule)}.");
        }
    }

    /// <summary>Checks what only an auditor's history holds: the score after each day, and the contribution of each event.</summary>
    public static void RunHistory(ArchiveReader archive, ProgrammeDocument programme, IReadOnlyList<EntryRow> entries, Findings findings)
    {
        CheckDays(archive, programme, entries, findings);
        CheckContributions(archive, programme, entries, findings);
    }

    private static void CheckDays(ArchiveReader archive, ProgrammeDocument programme, IReadOnlyList<EntryRow> entries, Findings findings)
    {
        var days = 0;
        foreach (var row in archive.Rows("days.json"))
        {
            var day = IsoDay.Parse(row.GetProperty("day").GetString()!);
            var own = Score(programme, entries, day);
            days++;
            if ((own.Score, own.Tier) != (row.GetProperty("score").GetInt64(), row.GetProperty("tier").GetString()))
                findings.Fail(
                    "day-score",
                    $"Computed again, the score of {day:O} is {own.Score} ({own.Tier}); the history says otherwise.");
        }
        if (findings.Failed("day-score") == 0) findings.Pass("day-score", $"Computed again, the scores of {days} days are the same.");
    }

    private static void CheckContributions(
        ArchiveReader archive, ProgrammeDocument programme, IReadOnlyList<EntryRow> entries, Findings findings)
    {
        var amendments = ReadAmendments(entries);
        var byTurn = entries.ToDictionary(entry => entry.Turn);
        foreach (var row in archive.Rows("contributions.json"))
        {
            var turn = row.GetProperty("turn").GetInt64();
            if (!byTurn.TryGetValue(turn, out var entry) || entry.Kind != EntryKinds.Event)
            {
                findings.Fail("contribution", $"Turn {turn} contributes to the score and is not an event.");
                continue;
            }
            if (!PointsOf(entry, programme).SequenceEqual(PointsIn(row))
                || row.GetProperty("standing").GetString() != Word(amendments.StandingOf(turn, programme.Today)))
            {
                findings.Fail("contribution", $"The contribution of turn {turn} is not what the rules of its day give.");
            }
        }
        if (findings.Failed("contribution") == 0)
            findings.Pass("contribution", "Each event contributes what the rules of its day give it.");
    }

    /// <summary>The points that the rules of its day give an event, without zeros, by rule.</summary>
    private static SortedDictionary<string, long> PointsOf(EntryRow entry, ProgrammeDocument programme)
    {
        var counted = Counted(entry, Standing.Counts);
        return new(
            programme.InForce(counted.Day).Rules
                .Select(rule => (Rule: rule.GetProperty("id").GetString()!, Points: RuleReading.Points(rule, counted)))
                .Where(rule => rule.Points != 0).ToDictionary(rule => rule.Rule, rule => (long)rule.Points),
            StringComparer.Ordinal);
    }

    /// <summary>The points that the archive states for an event, without zeros, by rule.</summary>
    private static SortedDictionary<string, long> PointsIn(JsonElement contribution) => new(
        contribution.GetProperty("rules").EnumerateArray().Where(rule => rule.GetProperty("points").GetInt64() != 0)
            .ToDictionary(rule => rule.GetProperty("rule").GetString()!, rule => rule.GetProperty("points").GetInt64()),
        StringComparer.Ordinal);

    private static ExpectedScore Score(ProgrammeDocument programme, IReadOnlyList<EntryRow> entries, DateOnly day)
    {
        var amendments = ReadAmendments(entries);
        return SlowScore.Of(
            programme, day,
            [.. entries.Where(entry => entry.Kind == EntryKinds.Event)
                .Select(entry => Counted(entry, amendments.StandingOf(entry.Turn, day)))]);
    }

    private static Amendments ReadAmendments(IReadOnlyList<EntryRow> entries)
    {
        var amendments = new Amendments();
        foreach (var entry in entries.Where(entry => entry.Kind is EntryKinds.Corrected or EntryKinds.ContestOpened
            or EntryKinds.ContestDecided or EntryKinds.ContestExtended))
        {
            amendments.Apply(entry.Kind, entry.Day, entry.Content);
        }
        return amendments;
    }

    private static CountedEvent Counted(EntryRow entry, Standing standing)
    {
        var body = entry.Content;
        return new CountedEvent((string)body["type"]!, entry.Day, body["data"]!.AsObject(), standing);
    }

    private static string Word(Standing standing) => standing switch
    {
        Standing.HarmSuspended => "harm-suspended",
        Standing.TakenAway => "taken-away",
        _ => "counts",
    };
}
