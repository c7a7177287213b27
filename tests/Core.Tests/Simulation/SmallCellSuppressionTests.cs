using System.Collections.Immutable;
using CsCheck;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Tests.Scores;

namespace Scoring.Simulation;

/// <summary>No published number is about 1 to 19 subjects, for any population.</summary>
public sealed class SmallCellSuppressionTests
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
    public void No_difference_of_published_numbers_is_about_fewer_than_twenty() => Population.Sample(
        population =>
        {
            var report = Report(population);
            long[] numbers = [.. Numbers(report).Distinct()];
            foreach (var one in numbers)
                foreach (var other in numbers) Math.Abs(one - other).ShouldNotBeInRange(1, 19);
            foreach (var parts in Tables(report))
            {
                var rest = report.Subjects;
                var before = 0L;
                foreach (var part in parts)
                {
                    rest -= part;
                    before += part;
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
    public void A_published_range_has_none_or_at_least_twenty_subjects_and_its_number_is_off_by_less_than_twenty() => Population.Sample(
        population =>
        {
            var report = Report(population);
            if (report.Subjects == 0) return;
            ShouldFit(report.Now, population.Select(subject => subject.Now));
            ShouldFit(report.Then, population.Select(subject => subject.Then));
            ShouldFit(report.Changes, population.Select(subject => subject.Then - subject.Now));
            ShouldFit(report.ByEnrolment.Select(AsBand), population.Select(subject => subject.DaysEnrolled));
            ShouldFit(report.ByActivity.Select(AsBand), population.Select(subject => subject.Events));
        },
        iter: 500);

    [Fact]
    public void Rising_and_falling_in_a_group_are_published_only_when_neither_they_nor_the_rest_are_few() => Population.Sample(
        population =>
        {
            foreach (var group in Report(population).ByActivity)
            {
                var inside = population.Where(subject => subject.Events >= group.From && subject.Events <= group.To).ToArray();
                ShouldBePublished(group.Rising, inside.Count(subject => subject.Then > subject.Now), inside.Length);
                ShouldBePublished(group.Falling, inside.Count(subject => subject.Then < subject.Now), inside.Length);
                group.MeanChangeMilli.ShouldBe(
                    (long)Math.Round(
                        inside.Average(subject => (decimal)(subject.Then - subject.Now)) * 1000, MidpointRounding.AwayFromZero));
            }
        },
        iter: 500);

    [Fact]
    public void A_rare_crossing_has_no_row_of_its_own() => Population.Sample(
        population =>
        {
            var report = Report(population);
            var rare = report.Subjects == 0 ? 0 : population.Length;
            foreach (var row in report.Crossings.Where(row => row.Now is not null))
            {
                var times = population.Count(subject => Tiers[subject.TierNow].Name == row.Now && Tiers[subject.TierThen].Name == row.Then);
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
    public void Rising_and_unchanged_scores_stay_apart_where_both_are_enough()
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
        foreach (var subject in population) tally.Add(subject);
        return tally.Report([1], World.Start, population.Sum(subject => subject.Events), []);
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

    private static void ShouldFit(IEnumerable<Band> bands, IEnumerable<long> values)
    {
        foreach (var band in bands)
        {
            var inside = values.Count(value => value >= band.From && value <= band.To);
            inside.ShouldNotBeInRange(1, 19);
            band.Subjects.ShouldBeInRange(Math.Max(0, inside - 19), inside + 19);
            (band.Subjects == 0).ShouldBe(inside == 0);
        }
    }

    private static void ShouldBePublished(long? published, int part, int whole)
    {
        if (part is > 0 and < 20 || whole - part is > 0 and < 20) published.ShouldBeNull();
        else published!.Value.ShouldBeInRange(part - 19, part + 19);
    }
}
