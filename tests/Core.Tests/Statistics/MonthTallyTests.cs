using System.Text.Json.Nodes;
using System.Text;
using CsCheck;
using Scoring.Testing;

namespace Scoring.Statistics;

public sealed class MonthTallyTests
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    private static readonly string[] Types = ["a.one", "b.two", "c.three"];

    private static readonly string[] Outcomes =
        [ContestOutcomes.Open, ContestOutcomes.Rejected, ContestOutcomes.UndecidedInTime, ContestOutcomes.Upheld];

    /// <summary>A reader knows all published numbers. The number of entries in the hidden cells does not follow from them.</summary>
    [Fact]
    public void For_any_entries_and_pages_only_large_cells_are_shown_and_totals_are_of_shown_cells() =>
        Gen.Select(
            Gen.Select(Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 40], Gen.Int[1, 60]).Array[0, 300], Gen.Int[1, 50],
            (entries, page) => (entries, page)).Sample(
            sample =>
            {
                var entries = sample.entries
                    .SelectMany(one => Enumerable.Repeat(
                        (IsContest: one.Item1, Name: Name(one.Item1, one.Item2), Subject: (long)one.Item3), one.Item4))
                    .ToArray();
                var tally = new MonthTally();
                foreach (var page in entries.Chunk(sample.page)) tally.Add(Page(page));
                var document = JsonNode.Parse(MonthDocument.Write(
                    TestProgrammes.Vehicles, StatisticsMonth.Of(Today), Types, tally, Today, Today))!;

                var events = document["events"]!.AsArray().Select(row => ((string)row!["type"]!, row["count"]));
                Check(document["eventsTotal"], [.. events], false);
                Check(document["contests"]!["opened"], [.. Outcomes.Select(outcome => (outcome, document["contests"]![outcome]))], true);

                void Check(JsonNode? total, (string Name, JsonNode? Count)[] cells, bool isContest)
                {
                    long? sum = null;
                    foreach (var (name, count) in cells)
                    {
                        var its = entries.Where(entry => entry.IsContest == isContest && entry.Name == name).ToArray();
                        var isShown = its.Length >= 20 && its.Select(entry => entry.Subject).Distinct().Count() >= 20;
                        ((long?)count).ShouldBe(isShown ? its.Length : null, name);
                        if (isShown) sum = (sum ?? 0) + its.Length;
                    }
                    ((long?)total).ShouldBe(sum);
                }
            },
            iter: 300);

    [Fact]
    public void The_same_counts_give_the_same_bytes()
    {
        var tally = new MonthTally();
        tally.Add([new MonthCell(false, "b.two", 33, [.. Enumerable.Range(1, 20)])]);
        tally.Add([new MonthCell(true, ContestOutcomes.Upheld, 20, [.. Enumerable.Range(1, 19)])]);
        Encoding.UTF8.GetString(MonthDocument.Write(
            TestProgrammes.Vehicles, StatisticsMonth.Of(Today), Types, tally, Today, Today.AddDays(1))).ShouldBe(
            """{"contests":{"open":null,"opened":null,"outcomesOn":"2026-06-15","rejected":null,"undecidedInTime":null,"upheld":null},"""
            + "\"events\":[{\"count\":null,\"type\":\"a.one\"},{\"count\":33,\"type\":\"b.two\"},{\"count\":null,\"type\":\"c.three\"}],"
            + "\"eventsTotal\":33,\"hiddenBelow\":20,\"madeOn\":\"2026-06-16\",\"month\":\"2026-06\",\"programme\":\"safe-driver\","
            + "\"schemaVersion\":\"scoring-statistics-1\"}");
    }

    private static string Name(bool isContest, int number) => isContest ? Outcomes[number] : Types[number % Types.Length];

    /// <summary>A page as the store counts it: at most 20 subjects for each cell.</summary>
    private static IEnumerable<MonthCell> Page((bool IsContest, string Name, long Subject)[] entries) => entries
        .GroupBy(entry => (entry.IsContest, entry.Name))
        .Select(cell => new MonthCell(
            cell.Key.IsContest, cell.Key.Name, cell.Count(), [.. cell.Select(entry => entry.Subject).Distinct().Take(MonthTally.Least)]));
}
