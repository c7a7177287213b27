using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Scoring.Contests;
using Scoring.Enrolments;
using Scoring.Events;
using Scoring.Grants;
using Scoring.Intake;
using Scoring.Ledger;
using Scoring.Notices;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Statistics;
using Scoring.Subjects;
using Scoring.WhatIf;

namespace Scoring.Tests;

/// <summary>
/// What crosses between silos and clients arrives as it left. Compared in print, since arrays in records compare by reference.
/// </summary>
public sealed class SerializationTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);
    private static readonly ProgrammeId Calm = ProgrammeId.Parse("calm");

    private static readonly EventType Trip = new(
        "traffic.trip", EventFamily.Traffic, EventOrigin.Initiated, Context.Mobility, "A trip.",
        [new AttributeDefinition("km", AttributeKind.Integer, true, "km", 0, 9, [], "How far.")]);

    private static readonly Condition When = new AllOf(
        [new AnyOf([new IntegerIs("km", Comparison.AtLeast, 3)]), new Negated(new OneOf("road", ["city"]))]);

    private static readonly RuleSet Set = new(
        1, Day, "First.",
        [
            new Rule("trips", "traffic.trip", When, new FixedPoints(-5), 10, 100, 90, 30, "Trips."),
            new Rule("roads", "traffic.trip", null, new PointsByValue("road", [new PointsRow("city", 2)]), 10, 100, 90, 0, "Roads."),
        ],
        [new Tier("baseline", 500), new Tier("gold", 600)], "hash");

    private static readonly Programme Programme = new(
        Calm, "Calm", "Calm driving.", Context.Mobility, SubjectKind.Vehicle, ["traffic.trip"], 500, 900, "Europe/Berlin", 30, 400,
        new Controller("City", "c@example.org"), [new TierEffect("gold", Effect.Voucher, "More.")]);

    public static TheoryData<object> Contracts =>
    [
        new Entry(3, 9, new SubjectId(-7), 2, EntryKind.Event, Day, [1, 2, 3]),
        new LedgerSlice(3, 8, 9, [new Entry(3, 9, new SubjectId(-7), 2, EntryKind.Queried, Day, [])]),
        new Catalogue(
            [new PublishedProgramme(Programme, [Set], Day, true)], [Trip], [new Source("urn:x", "X", EventFamily.Payment, ["{}"])],
            [new Service("pool", Calm, "Pool", "Tickets.", "p@example.org", Day, Context.Mobility)], "hash"),
        new Explanation(
            Calm, Day, 9, 505, "baseline", 500, 900, -1, 1,
            [new RuleWorth("trips", "Trips.", 6, 100, [new DayWorth(Day, 6, 10, 1L << 32, [new EntryPoints(2, EntryKind.Event, 6)])])],
            [new MainReason("trips", "Trips.", 6, 1)], new NextTier("gold", 600, 95),
            [new Raise("trips", "Trips.", 4, 94)], [new Fade(Day, 500)]),
        new NoticeRun(
            [
                new Notice(
                    "7-3", 7, null, "event", Day, "Words.",
                    new EventNotice("traffic.trip", "urn:x", [7], 2, [new NoticePoints("trips", "Trips.", -5)]),
                    new AccessNotice(DateTimeOffset.UnixEpoch, "pool", "Pool", "Tickets.", "p@example.org", "ref"), [1, 2]),
            ],
            new NoticePlace(7, 3), "name", true),
        new NoticeCursor(new NoticePlace(long.MaxValue, 0), null),
        new NoticesOutcome(new NoticesPage([], "7-3"), NoticesRefusal.PlaceAhead),
        new HypotheticalEvent(Day, [7]),
        new WhatIfOutcome(
            new WhatIfAnswer(
                Day, new ScoreValue(500, "baseline"), new ScoreValue(505, "gold"), 5, [new WhatIfRule("trips", "Trips.", 5, 0, 5)],
                new Explanation(Calm, Day, 9, 505, "baseline", 500, 900, -1, 1, [], [], null, [], [])),
            WhatIfRefusal.DayTooOld),
        new DayWorth(Day, 6, 10, 1L << 32, []) { TakenBackBy = 3, RuleSet = 2, HalfLifeDays = 30 },
        new QueryOutcome(new ScoreAnswer(Calm, 500, "baseline", DateTimeOffset.UnixEpoch, "ref"), null, TimeSpan.FromSeconds(3)),
        new EventBatch("urn:x", [new IncomingEvent("1", Calm, "handle", DateTimeOffset.UnixEpoch.ToOffset(TimeSpan.FromHours(2)), [7])]),
        new IntakeOutcome([new EventRefusal(4, EventFault.TimeTooOld)], null),
        new EnrolOutcome(null, EnrolRefusal.ProofRefused),
        new SubjectView(Calm, 31, "hash", Day, [new HandleView("h", "urn:x", DateTimeOffset.UnixEpoch)]),
        new GrantOutcome(new NewGrantView("g", "token"), null),
        new GrantView("g", "pool", DateTimeOffset.UnixEpoch, null) { UsesLeft = 0 },
        new GrantRequest("pool", DateTimeOffset.UnixEpoch, 3),
        new AccessPage(
            [
                new AccessView(
                    3, EntryKind.Queried, Day, DateTimeOffset.UnixEpoch, "pool", "Pool", "Tickets.", "p@example.org", "ref",
                    new ScoreValue(500, "baseline")),
                new AccessView(2, EntryKind.Looked, Day, null, null, null, null, null, null, null),
            ],
            2),
        new HistoryPage([new HistoryEntry(3, EntryKind.Granted, Day, [1])], 3),
        new AccessView(3, EntryKind.Looked, Day, null, null, "City", "contest", null, null, null) { By = "administrator", Case = "c" },
        new ContestOutcome(
            new ContestView(
                "c", 3, ContestGround.NotMine, ContestGround.WrongDay, Day, Day.AddDays(45), ContestState.Upheld,
                ContestReason.UndecidedInTime, Day.AddDays(46)),
            null),
        new CasePage([new CaseView("c", Calm, [ContestGround.NotMine], Day, Day)], new CasePlace(Day, 7)),
        new CaseFileOutcome(
            new CaseFile(
                "c", Calm, [ContestGround.NotMine], Day, Day, "traffic.trip", Day, [7], "urn:x", 1, [new CaseRule(-5, Set.Rules[0])]),
            null),
        new DecisionOutcome(new DecisionView("c", false, ContestReason.EventCorrect, Day), ContestRefusal.Overdue),
        new SourceContestPage([new SourceContest(3, "key", [ContestGround.NotMine, ContestGround.WrongDay])], 3),
        new CaseReviewer("who", ["client"]),
        new StatisticsAnswer([1, 2], Day),
    ];

    [Theory]
    [MemberData(nameof(Contracts), DisableDiscoveryEnumeration = true)]
    public void A_contract_arrives_as_it_left(object contract)
    {
        using var services = Services();
        var serializer = services.GetRequiredService<Serializer>();
        var arrived = serializer.Deserialize<object>(serializer.SerializeToArray(contract));
        arrived.ShouldNotBeNull().ShouldBeOfType(contract.GetType());
        Print(arrived!).ShouldBe(Print(contract));
        Print(contract).Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Points_and_conditions_arrive_as_the_kind_they_are()
    {
        using var services = Services();
        var serializer = services.GetRequiredService<Serializer>();
        var arrived = serializer.Deserialize<RuleSet>(serializer.SerializeToArray(Set)).ShouldNotBeNull();
        var all = arrived.Rules[0].When.ShouldBeOfType<AllOf>();
        all.Parts[0].ShouldBeOfType<AnyOf>().Parts[0].ShouldBe(new IntegerIs("km", Comparison.AtLeast, 3));
        all.Parts[1].ShouldBeOfType<Negated>().Part.ShouldBeOfType<OneOf>().Values.ShouldBe(["city"]);
        arrived.Rules[0].Points.ShouldBe(new FixedPoints(-5));
        arrived.Rules[1].Points.ShouldBeOfType<PointsByValue>().Rows.ShouldBe([new PointsRow("city", 2)]);
    }

    [Fact]
    public void A_month_arrives_as_it_left()
    {
        using var services = Services();
        var serializer = services.GetRequiredService<Serializer>();
        var month = StatisticsMonth.Of(Day);
        serializer.Deserialize<StatisticsMonth>(serializer.SerializeToArray(month)).ShouldBe(month);
    }

    private static ServiceProvider Services() =>
        new ServiceCollection().AddSerializer(builder => builder.AddAssembly(typeof(Entry).Assembly)).BuildServiceProvider();

    private static string Print(object value) => JsonSerializer.Serialize(value, value.GetType());
}
