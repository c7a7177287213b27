using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Statistics;

/// <summary>Fakes the statistics grain: one programme has the document of one month and the day of the next month's document.</summary>
internal sealed class FakeStatistics : IStatisticsGrain
{
    public const string Document = "{\"contests\":{\"open\":null,\"opened\":20,\"outcomesOn\":\"2026-11-01\",\"rejected\":20,"
        + "\"undecidedInTime\":null,\"upheld\":null},\"events\":[{\"count\":120,\"type\":\"traffic.speeding\"},"
        + "{\"count\":null,\"type\":\"traffic.trip\"}],\"eventsTotal\":120,\"hiddenBelow\":20,\"madeOn\":\"2026-11-01\","
        + "\"month\":\"2026-09\",\"programme\":\"safe-driver\",\"schemaVersion\":\"scoring-statistics-1\"}";

    public Task<StatisticsAnswer?> Read(ProgrammeId programme, StatisticsMonth month) =>
        Task.FromResult((programme == Some.SafeDriver ? month.ToString() : "") switch
        {
            "2026-09" => new StatisticsAnswer(System.Text.Encoding.UTF8.GetBytes(Document), null),
            "2026-10" => new StatisticsAnswer(null, new DateOnly(2026, 12, 2)),
            _ => null,
        });
}
