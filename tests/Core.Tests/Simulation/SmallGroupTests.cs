using System.Collections.Immutable;
using CsCheck;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Simulation;
using Scoring.Tests.Scores;

namespace Scoring.Tests.Simulation;

/// <summary>No published number speaks of 1 to 19 subjects, whatever there was to count.</summary>
public sealed class SmallGroupTests
{
    private const long Floor = 500;
    private const long Ceiling = 900;

    /// <summary>Few values and sizes around 20 and its multiples, so that small groups are the rule.</summary>
    private static readonly Gen<SubjectObservation[]> Population = Gen.Select(
        Gen.OneOfConst(Floor, 501, 555, 640, 899, Ceiling), Gen.OneOfConst(Floor, 502, 555, 700, Ceiling),
        Gen.OneOfConst(0L, 29, 30, 400, 5000), Gen.OneOfConst(0L, 9, 10, 70, 100_000),
        Gen.OneOfConst(1, 1, 2, 5, 19, 20, 21, 40, 200),
        (now, then, days, events, times) => Enumerable.Repeat(
            new SubjectObservation(now, then, Tier(now), Tier(then), days, events), times))
        .Array[0, 12].Select(groups => groups.SelectMany(group => group).ToArray());

    [Fact]
    public void Every_published_number_of_subjects_is_none_or_at_least_twenty() => Population.Sample(
        population => Numbers(Report(population)).ShouldAllBe(number => number == 0 || number >= 20), iter: 600);

    [Fact]
    public void No_difference_of_published_numbers_speaks_of_fewer_than_twenty() => Population.Sample(
        population =>
        {
            var report = Report(population);
            long[] numbers = [.. Numbers(report).Distinct()];
            foreach (var one in numbers)
                foreach (var other in numbers) Math.Abs(one - other).ShouldNotBeInRange(1, 19);
            foreach (var parts in Tables(report))
            {
                var (rest, before) = (report.Subjects, 0L);
                foreach (var part in parts)
                {
                    (rest, before) = (rest - part, before + part);
                    rest.ShouldNotBeInRange(1, 19);
                    before.ShouldNotBeInRange(1, 19);
                    (report.Subjects - part).ShouldNotBeInRange(1, 19);
                }
            }
        },
        iter: 600);

    [Fact]
    public void The_parts_of_each_table_add_up_to_all_subjects() => Population.Sample(
        population =>
        {
            var report = Report(population);
            foreach (var parts in Tables(report)) parts.Sum().ShouldBe(report.Subjects);
        },
        iter: 500);

    [Fact]
    public void A_range_that_is_told_holds_nobody_or_at_least_twenty_and_what_is_told_is_off_by_less_than_twenty() => Population.Sample(
        population =>
        {
            var report = Report(population);
            if (report.Subjects == 0) return;
            Holds(report.Now, population.Select(seen => seen.Now));
            Holds(report.Then, population.Select(seen => seen.Then));
            Holds(report.Changes, population.Select(seen => seen.Then - seen.Now));
            Holds(report.ByEnrolment.Select(AsBand), population.Select(seen => seen.DaysEnrolled));
            Holds(report.ByActivity.Select(AsBand), population.Select(seen => seen.Events));
        },
        iter: 500);

    [Fact]
    public void Who_rises_and_falls_in_a_group_is_told_only_when_neither_they_nor_the_rest_are_few() => Population.Sample(
        population =>
        {
            foreach (var group in Report(population).ByActivity)
            {
                var inside = population.Where(seen => seen.Events >= group.From && seen.Events <= group.To).ToArray();
                Told(group.Rising, inside.Count(seen => seen.Then > seen.Now), inside.Length);
                Told(group.Falling, inside.Count(seen => seen.Then < seen.Now), inside.Length);
                group.MeanChangeMilli.ShouldBe(
                    (long)Math.Round(inside.Average(seen => (decimal)(seen.Then - seen.Now)) * 1000, MidpointRounding.AwayFromZero));
            }
        },
        iter: 500);

    [Fact]
    public void A_crossing_that_is_rare_has_no_row_of_its_own() => Population.Sample(
        population =>
        {
            var report = Report(population);
            var rare = report.Subjects == 0 ? 0 : population.Length;
            foreach (var row in report.Crossings.Where(row => row.Now is not null))
            {
                var times = population.Count(seen => Tiers[seen.TierNow].Name == row.Now && Tiers[seen.TierThen].Name == row.Then);
                times.ShouldBeGreaterThanOrEqualTo(20);
                rare -= times;
            }
            rare.ShouldNotBeInRange(1, 19);
            report.Crossings.Count(row => row.Now is null).ShouldBe(rare > 0 ? 1 : 0);
        },
        iter: 500);

    [Fact]
    public void Nineteen_subjects_have_no_distribution_and_twenty_have_one()
    {
        var nineteen = Report([.. Enumerable.Repeat(new SubjectObservation(Floor, 700, 0, 2, 5, 5), 19)]);
        (nineteen.Subjects, nineteen.Entries).ShouldBe((0, 0));
        Tables(nineteen).ShouldAllBe(parts => parts.Length == 0);
        var twenty = Report([.. Enumerable.Repeat(new SubjectObservation(Floor, 700, 0, 2, 5, 5), 20)]);
        twenty.Subjects.ShouldBe(20);
        twenty.Now.Single(band => band.Subjects > 0).From.ShouldBe(Floor);
        twenty.Crossings.ShouldBe([new Crossing("baseline", "gold", 20)]);
        twenty.ByEnrolment.ShouldBe([new Group(0, 29, 20, 20, 0, 200_000)]);
    }

    [Fact]
    public void Those_who_rise_stay_apart_from_those_who_stay_where_there_are_enough_of_both()
    {
        SubjectObservation[] population =
        [
            .. Enumerable.Repeat(new SubjectObservation(500, 500, 0, 0, 5, 5), 30),
            .. Enumerable.Repeat(new SubjectObservation(500, 501, 0, 0, 5, 5), 5),
            .. Enumerable.Repeat(new SubjectObservation(500, 560, 0, 1, 5, 5), 35),
        ];
        var changes = Report(population).Changes.Where(band => band.Subjects > 0);
        changes.ShouldBe([new Band(0, 0, 20), new Band(1, 99, 40)]);
    }

    private static readonly ImmutableArray<Tier> Tiers = [new("baseline", Floor), new("silver", 540), new("gold", 620)];

    private static int Tier(long score) => score >= 620 ? 2 : score >= 540 ? 1 : 0;

    private static SimulationReport Report(SubjectObservation[] population)
    {
        var set = new RuleSet(1, World.Start, "", [], Tiers, "");
        var tally = new Tally(World.Programme(Floor, Ceiling), set, set);
        foreach (var seen in population) tally.Add(seen);
        return tally.Report([1], World.Start, population.Sum(seen => seen.Events), []);
    }

    private static long[][] Tables(SimulationReport report) =>
    [
        [.. report.Now.Select(band => band.Subjects)], [.. report.Then.Select(band => band.Subjects)],
        [.. report.Changes.Select(band => band.Subjects)], [.. report.Crossings.Select(row => row.Subjects)],
        [.. report.ByEnrolment.Select(group => group.Subjects)], [.. report.ByActivity.Select(group => group.Subjects)],
    ];

    private static IEnumerable<long> Numbers(SimulationReport report) =>
    [
        report.Subjects, .. Tables(report).SelectMany(parts => parts),
        .. report.ByEnrolment.Concat(report.ByActivity).SelectMany(group => new[]
        {
            group.Rising ?? 0, group.Falling ?? 0, group.Subjects - (group.Rising ?? 0), group.Subjects - (group.Falling ?? 0),
            group.Subjects - (group.Rising ?? 0) - (group.Falling ?? 0),
        }),
    ];

    private static Band AsBand(Group group) => new(group.From, group.To, group.Subjects);

    private static void Holds(IEnumerable<Band> bands, IEnumerable<long> values)
    {
        foreach (var band in bands)
        {
            var inside = values.Count(value => value >= band.From && value <= band.To);
            inside.ShouldNotBeInRange(1, 19);
            band.Subjects.ShouldBeInRange(Math.Max(0, inside - 19), inside + 19);
            (band.Subjects == 0).ShouldBe(inside == 0);
        }
    }

    private static void Told(long? told, int part, int whole)
    {
        if (part is > 0 and < 20 || whole - part is > 0 and < 20) told.ShouldBeNull();
        else told!.Value.ShouldBeInRange(part - 19, part + 19);
    }
}
