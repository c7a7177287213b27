using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>The entries of a contest: canonical JSON, words of closed lists and nothing else.</summary>
internal static class ContestEntries
{
    public const string ByAdministrator = "administrator";
    public const string ByPlatform = "platform";

    public static EntryToAppend Opened(StoredContest contest, ContestedEvent contested)
    {
        var body = Repeated(contest, contested);
        body["dueDay"] = Iso(contest.DueOn);
        body["ground"] = ContestTerms.Of(contest.Grounds[0]);
        return Entry(EntryKind.ContestOpened, ContestKeys.Opened(contested.Key), contest.OpenedOn, body);
    }

    public static EntryToAppend Extended(StoredContest contest, DateOnly day) => Entry(
        EntryKind.ContestExtended, ContestKeys.Extended(contest.Key), day, new JsonObject
        {
            ["dueDay"] = Iso(contest.DueOn),
            ["ground"] = ContestTerms.Of(contest.Grounds[^1]),
            ["turn"] = contest.Turn,
        });

    public static EntryToAppend Decided(StoredContest contest, Verdict verdict, string by) => Entry(
        EntryKind.ContestDecided, verdict.Key, verdict.On, new JsonObject
        {
            ["by"] = by,
            ["reason"] = ContestTerms.Of(verdict.Reason),
            ["turn"] = contest.Turn,
            ["upheld"] = verdict.Upheld,
        });

    public static EntryToAppend Corrected(StoredContest contest, ContestedEvent contested, Verdict verdict)
    {
        var body = Repeated(contest, contested);
        body["reason"] = ContestTerms.Of(verdict.Reason);
        return Entry(EntryKind.Corrected, ContestKeys.Corrected(contested.Key), verdict.On, body);
    }

    public static EntryToAppend AccessRecorded(Guid key, string caseId, DateTimeOffset at, DateOnly day) => Entry(
        EntryKind.Looked, key, day, new JsonObject
        {
            ["at"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["by"] = ByAdministrator,
            ["case"] = caseId,
            ["purpose"] = "contest",
        });

    /// <summary>The event's own members, and which one it is.</summary>
    private static JsonObject Repeated(StoredContest contest, ContestedEvent contested)
    {
        var body = JsonNode.Parse(contested.Body)!.AsObject();
        body["day"] = Iso(contested.Day);
        body["turn"] = contest.Turn;
        return body;
    }

    private static EntryToAppend Entry(EntryKind kind, Guid key, DateOnly day, JsonObject body) =>
        new(kind, key, day, CanonicalJson.Write(body));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
