using System.Text.Json.Nodes;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Archives;

/// <summary>Works the score out again from entries and rules, and compares what the archive says.</summary>
public static class ScoreCheck
{
    /// <summary>The score of the archive's day, taken apart.</summary>
    public static void Run(ArchiveReader archive, ProgrammeDocument programme, IReadOnlyList<EntryRow> entries, Findings findings)
    {
        var told = archive.Parsed<JsonObject>("explanation.json");
        var own = Score(programme, entries, programme.Today);
        findings.Check(
            (own.Score, own.Tier) == ((long)told["score"]!, (string)told["tier"]!), "score",
            $"Worked out again, the score of {programme.Today:O} is {own.Score} ({own.Tier}), as the platform says.",
            $"Worked out again, the score of {programme.Today:O} is {own.Score} ({own.Tier}); the platform says {told["score"]} ({told["tier"]}).");
        var worth = told["rules"]!.AsArray().ToDictionary(rule => (string)rule!["rule"]!, rule => (long)rule!["worth"]!);
        foreach (var rule in worth.Keys.Union(own.Worth.Keys).Order(StringComparer.Ordinal))
        {
            if (worth.GetValueOrDefault(rule) != own.Worth.GetValueOrDefault(rule))
                findings.Fail(
                    "score",
                    $"By the rule {rule} it is {own.Worth.GetValueOrDefault(rule)}; the platform says {worth.GetValueOrDefault(rule)}.");
        }
    }

    /// <summary>What an auditor's history tells beside: the score after each day, and what each entry contributes.</summary>
    public static void RunHistory(ArchiveReader archive, ProgrammeDocument programme, IReadOnlyList<EntryRow> entries, Findings findings)
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
                    $"Worked out again, the score of {day:O} is {own.Score} ({own.Tier}); the history says otherwise.");
        }
        if (findings.Failed("day-score") == 0) findings.Pass("day-score", $"The scores of {days} days are as worked out again.");

        var amended = ReadAmendments(entries);
        var byTurn = entries.ToDictionary(entry => entry.Turn);
        foreach (var row in archive.Rows("contributions.json"))
        {
            var turn = row.GetProperty("turn").GetInt64();
            if (!byTurn.TryGetValue(turn, out var entry) || entry.Kind != EntryKinds.Event)
            {
                findings.Fail("contribution", $"Turn {turn} contributes and is no event.");
                continue;
            }
            var one = Counted(entry, Standing.Counts);
            var own = programme.InForce(one.Day)
                .Rules.Select(rule => (Rule: rule.GetProperty("id").GetString()!, Points: RuleReading.Points(rule, one)))
                .Where(rule => rule.Points != 0).ToDictionary(rule => rule.Rule, rule => (long)rule.Points);
            var told = row.GetProperty("rules").EnumerateArray().Where(rule => rule.GetProperty("points").GetInt64() != 0)
                .ToDictionary(rule => rule.GetProperty("rule").GetString()!, rule => rule.GetProperty("points").GetInt64());
            if (!own.OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(told.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                || row.GetProperty("standing").GetString() != Word(amended.StandingOf(turn, programme.Today)))
            {
                findings.Fail("contribution", $"What turn {turn} contributes is not what the rules of its day give.");
            }
        }
        if (findings.Failed("contribution") == 0)
            findings.Pass(
                "contribution",
                "Each event contributes what the rules of its day give it.");
    }

    private static ExpectedScore Score(ProgrammeDocument programme, IReadOnlyList<EntryRow> entries, DateOnly day)
    {
        var amended = ReadAmendments(entries);
        return SlowScore.Of(
            programme, day,
            [.. entries.Where(entry => entry.Kind == EntryKinds.Event).Select(entry => Counted(entry, amended.StandingOf(entry.Turn, day)))]);
    }

    private static Amendments ReadAmendments(IReadOnlyList<EntryRow> entries)
    {
        var amended = new Amendments();
        foreach (var entry in entries.Where(entry => entry.Kind is EntryKinds.Corrected or EntryKinds.ContestOpened
            or EntryKinds.ContestDecided or EntryKinds.ContestExtended))
        {
            amended.Apply(entry.Kind, entry.Day, entry.Content);
        }
        return amended;
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
