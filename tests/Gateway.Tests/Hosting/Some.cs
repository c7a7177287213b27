using System.Text;
using Scoring.Enrolments;
using Scoring.Events;
using Scoring.Ledger;
using Scoring.Incidents;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Hosting;

/// <summary>Sample values for tests to which the exact value does not matter.</summary>
internal static class Some
{
    public const string Source = "urn:example:camera-7";
    public const string PaymentSource = "urn:example:bank";
    public const string Participant = "pairwise-1";
    public const string Handle = "q7Jw0yF3t5Zk1xLm";
    public static readonly string Hash = new('a', 64);
    public static readonly ProgrammeId SafeDriver = ProgrammeId.Parse("safe-driver");
    public static readonly DateTimeOffset Instant = new(2026, 11, 23, 7, 15, 0, TimeSpan.Zero);

    public static readonly IncidentNotice Incident = new("A list was sent.", "Data protection office", "Calls.", "It was deleted.");

    public static Catalogue Catalogue() => new(
        [
            new(Programme(SafeDriver, ["traffic.speeding"]), [RuleSet(1)], new DateOnly(2026, 11, 23), Suspended: false),
            new(Programme(ProgrammeId.Parse("paused"), ["traffic.speeding"]), [RuleSet(1)], new DateOnly(2026, 11, 23), Suspended: true),
        ],
        [Speeding(), new("payment.paid", EventFamily.Payment, EventOrigin.Initiated, Context.LocalCommerce, "A payment.", [])],
        [new(Source, "Camera", EventFamily.Traffic, []), new(PaymentSource, "Bank", EventFamily.Payment, [])],
        [new("parking", SafeDriver, "City Parking", "Discounts", "parking@city.example", new DateOnly(2027, 1, 1), Context.Mobility)],
        Hash);

    public static EventType Speeding() => new(
        "traffic.speeding", EventFamily.Traffic, EventOrigin.Automatic, Context.Mobility, "Too fast.",
        [
            new("night", AttributeKind.Boolean, false, "", 0, 0, [], "At night."),
            new("overLimitKmh", AttributeKind.Integer, true, "km/h", 0, 200, [], "How much."),
            new("zone", AttributeKind.Code, false, "", 0, 0, ["home-zone", "school"], "Where."),
        ]);

    public static RuleSet RuleSet(int number) => new(
        number, new DateOnly(2026, 1, number), "First.",
        [
            new("speeding", "traffic.speeding",
                new AllOf([
                    new IntegerIs("overLimitKmh", Comparison.AtLeast, 10), new Negated(new OneOf("zone", ["school"])),
                    new AnyOf([new OneOf("night", ["true"])]),
                ]),
                new FixedPoints(-5), 10, 100, 90, 30, "Speeding takes points."),
            new(
                "zones", "traffic.speeding", null, new PointsByValue("zone", [new PointsRow("school", -20)]), 20, 100, 90, 0,
                "Near schools."),
        ],
        [new("baseline", 0), new("good", 500)], Hash);

    public static Explanation Explanation() => new(
        SafeDriver, new DateOnly(2026, 11, 23), 9, 480, "baseline", 0, 1000, 0, 1,
        [new(
            "speeding", "Speeding takes points.", -5, 100,
            [new(new DateOnly(2026, 11, 20), -5, 10, 4294967296, [new(4, EntryKind.Event, -5)])])],
        [new("speeding", "Speeding takes points.", -5, 1)], new("good", 500, 20), [new("zones", "Near schools.", 1, 5)],
        [new(new DateOnly(2026, 12, 1), 485)]);

    public static HistoryPage History() => new(
        [
            new(9, EntryKind.GrantRevoked, new DateOnly(2026, 11, 23), Encoding.UTF8.GetBytes("{\"grant\":\"g1\"}")),
            new(8, EntryKind.Erased, new DateOnly(2026, 11, 22), []),
        ],
        8);

    public static AccessPage Accesses() => new(
        [
            new(9, EntryKind.Queried, new DateOnly(2026, 11, 23), Instant, "parking", "City Parking", "Discounts", "parking@city.example",
                "ref", new ScoreValue(480, "baseline")),
            new(7, EntryKind.Queried, new DateOnly(2026, 11, 22), Instant, "gone", null, null, null, "old", new ScoreValue(500, "good")),
        ],
        7);

    public static string Event(string id = "e1", string data = "\"overLimitKmh\":12", string more = "") =>
        $"{{\"specversion\":\"1.0\",\"id\":\"{id}\",\"source\":\"{Source}\",\"type\":\"traffic.speeding\","
        + $"\"time\":\"2026-11-23T08:15:00+01:00\"{more},\"data\":{Data(data)}}}";

    public static string Data(string attributes = "\"overLimitKmh\":12") =>
        $"{{\"programme\":\"safe-driver\",\"handle\":\"{Handle}\",{attributes}}}";

    private static Programme Programme(ProgrammeId id, string[] types) => new(
        id, "Safe driver", "Safer streets.", Context.Mobility, SubjectKind.Vehicle, [.. types], 0, 1000, "Europe/Berlin", 30, 730,
        new Controller("City", "office@city.example"), [new("good", Effect.FeeDiscount, "Ten per cent off parking.")]);
}
