using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Tests.Scores;

/// <summary>Builds entries as the ledger stores them.</summary>
internal static class HistoryMaker
{
    private static readonly ConcurrentDictionary<(bool IsParked, int Km, int Road, int Calm), byte[]> EventBodies = new();

    /// <summary>Turns each step into an event, or into a query, a correction, a contest step about an earlier event.</summary>
    public static ImmutableArray<Entry> Make((int Kind, int Day, int Km, int Road, int Calm, int Target, int Due)[] steps)
    {
        var entries = new List<Entry> {
            Entry(1, EntryKind.Enrolled, World.Start, new JsonObject { ["receipt"] = "r", ["ruleSet"] = "h" }) };
        foreach (var (kind, dayOffset, km, road, calm, target, due) in steps)
        {
            var turn = entries.Count + 1;
            var day = World.Start.AddDays(dayOffset);
            var events = entries.Where(entry => entry.Kind == EntryKind.Event).ToList();
            if (kind == 10) entries.Add(Entry(turn, EntryKind.Queried, day, new JsonObject { ["service"] = "s" }));
            else if (kind < 6 || events.Count == 0) entries.Add(EventEntry(turn, day, kind % 3 == 2, km, road, calm));
            else entries.Add(About(events[target % events.Count], kind, turn, day, due));
        }
        return [.. entries];
    }

    public static Entry Entry(long turn, EntryKind kind, DateOnly day, JsonNode body) =>
        new(3, turn + 100, new SubjectId(7), turn, kind, day, CanonicalJson.Write(body));

    public static JsonObject Event(string type, JsonObject data) =>
        new() { ["data"] = data, ["source"] = "urn:example:source", ["type"] = type };

    public static Entry Correction(Entry of, long turn, DateOnly day) => Entry(turn, EntryKind.Corrected, day, Repeated(of, "reason"));

    public static Entry Contest(Entry of, long turn, DateOnly day, DateOnly dueDay)
    {
        var body = Repeated(of, "ground");
        body["dueDay"] = Iso(dueDay);
        return Entry(turn, EntryKind.ContestOpened, day, body);
    }

    public static Entry Decision(Entry of, long turn, DateOnly day, bool upheld) =>
        Entry(turn, EntryKind.ContestDecided, day, new JsonObject { ["turn"] = of.Turn, ["upheld"] = upheld });

    public static Entry Extension(Entry of, long turn, DateOnly day, DateOnly dueDay) => Entry(
        turn, EntryKind.ContestExtended, day, new JsonObject { ["dueDay"] = Iso(dueDay), ["ground"] = "x", ["turn"] = of.Turn });

    public static SlowReference.Line Line(Entry entry) =>
        new(entry.Turn, Word(entry.Kind), entry.Day, entry.Body.Length == 0 ? null : JsonNode.Parse(entry.Body));

    public static string Word(EntryKind kind) => JsonNamingWord(kind.ToString());

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string JsonNamingWord(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static Entry About(Entry of, int kind, long turn, DateOnly day, int due) => kind switch
    {
        6 => Correction(of, turn, day),
        7 or 8 => Contest(of, turn, day, day.AddDays(due)),
        11 => Extension(of, turn, day, day.AddDays(due)),
        _ => Decision(of, turn, day, upheld: due % 2 == 0),
    };

    /// <summary>Canonical bodies are written once: few are distinct, and property tests use them a million times.</summary>
    private static Entry EventEntry(long turn, DateOnly day, bool isParked, int km, int road, int calm) => new(
        3, turn + 100, new SubjectId(7), turn, EntryKind.Event, day,
        EventBodies.GetOrAdd((isParked, km, road, calm), of => CanonicalJson.Write(Event(of.IsParked, of.Km, of.Road, of.Calm))));

    private static JsonObject Event(bool isParked, int km, int road, int calm)
    {
        if (isParked) return Event(World.Parked.Name, new JsonObject { ["hours"] = Math.Abs(km) });
        var data = new JsonObject();
        if (km != -6) data["km"] = km;
        if (road < 3) data["road"] = World.Trip.Attributes[2].Codes[road];
        if (calm < 2) data["calm"] = calm == 1;
        return Event(World.Trip.Name, data);
    }

    private static JsonObject Repeated(Entry of, string why)
    {
        var body = JsonNode.Parse(of.Body)!.AsObject();
        body["day"] = Iso(of.Day);
        body["turn"] = of.Turn;
        body[why] = "x";
        return body;
    }
}
