using System.Text.Json.Nodes;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Statistics;

/// <summary>Writes the document of a month's statistics: canonical JSON, in which a hidden count is <c>null</c>.</summary>
internal static class MonthDocument
{
    /// <summary>The name of this form. A later form gets another name.</summary>
    public const string SchemaVersion = "scoring-statistics-1";

    private static readonly string[] Outcomes =
        [ContestOutcomes.Open, ContestOutcomes.Rejected, ContestOutcomes.UndecidedInTime, ContestOutcomes.Upheld];

    /// <summary>Writes the document.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="month">The month.</param>
    /// <param name="eventTypes">The event types that were taken in the month, in ascending names.</param>
    /// <param name="tally">The counts.</param>
    /// <param name="outcomesOn">The day of which the outcomes of contests are.</param>
    /// <param name="madeOn">The day on which the statistics are made.</param>
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
