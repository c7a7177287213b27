using System.Text.Json.Nodes;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Statistics;

/// <summary>Writes a month's document: canonical JSON, in which a hidden count is <c>null</c>.</summary>
internal static class MonthDocument
{
    /// <summary>Of this form; a later one gets another word.</summary>
    public const string SchemaVersion = "scoring-statistics-1";

    private static readonly string[] Outcomes =
        [ContestOutcomes.Open, ContestOutcomes.Rejected, ContestOutcomes.UndecidedInTime, ContestOutcomes.Upheld];

    public static byte[] Write(
        ProgrammeId programme, StatisticsMonth month, IEnumerable<string> eventTypes, MonthTally tally, DateOnly outcomesOn,
        DateOnly madeOn)
    {
        (string Type, long? Count)[] events = [.. eventTypes.Select(type => (type, tally.Events(type)))];
        var contests = new JsonObject();
        foreach (var outcome in Outcomes) contests[outcome] = tally.Contests(outcome);
        contests["opened"] = MonthTally.Total(Outcomes.Select(tally.Contests));
        contests["outcomesOn"] = Wording.Day(outcomesOn);
        return CanonicalJson.Write(new JsonObject
        {
            ["contests"] = contests,
            ["events"] = new JsonArray([.. events.Select(JsonNode (row) => new JsonObject { ["count"] = row.Count, ["type"] = row.Type })]),
            ["eventsTotal"] = MonthTally.Total(events.Select(row => row.Count)),
            ["hiddenBelow"] = MonthTally.Least,
            ["madeOn"] = Wording.Day(madeOn),
            ["month"] = month.ToString(),
            ["programme"] = programme.Value,
            ["schemaVersion"] = SchemaVersion,
        });
    }
}
