using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>Writes the entries of a contest. Bodies are canonical JSON with members of the event, days and words of closed lists.</summary>
internal static class ContestEntries
{
    /// <summary>The role in a decision or an access of an administrator.</summary>
    public const string ByAdministrator = "administrator";

    /// <summary>The role in a decision that the platform makes when the due day has passed.</summary>
    public const string ByPlatform = "platform";

    /// <summary>The entry that opens a contest.</summary>
    public static EntryToAppend Opened(StoredContest contest, ContestedEvent contested)
    {
        var body = Repeated(contest, contested);
        body["dueDay"] = Iso(contest.DueOn);
        body["ground"] = ContestTerms.Of(contest.Grounds[0]);
        return Entry(EntryKind.ContestOpened, ContestKeys.Opened(contested.Key), contest.OpenedOn, body);
    }

    /// <summary>The entry that moves the due day because the participant gave a further ground.</summary>
    public static EntryToAppend Extended(StoredContest contest, DateOnly day) => Entry(
        EntryKind.ContestExtended, ContestKeys.Extended(contest.Key), day, new JsonObject
        {
            ["dueDay"] = Iso(contest.DueOn),
            ["ground"] = ContestTerms.Of(contest.Grounds[^1]),
            ["turn"] = contest.Turn,
        });

    /// <summary>The entry of a decision.</summary>
    /// <param name="contest">The contest.</param>
    /// <param name="verdict">The decision.</param>
    /// <param name="by"><see cref="ByAdministrator"/> or <see cref="ByPlatform"/>.</param>
    public static EntryToAppend Decided(StoredContest contest, Verdict verdict, string by) => Entry(
        EntryKind.ContestDecided, verdict.Key, verdict.On, new JsonObject
        {
            ["by"] = by,
            ["reason"] = ContestTerms.Of(verdict.Reason),
            ["turn"] = contest.Turn,
            ["upheld"] = verdict.Upheld,
        });

    /// <summary>The entry that takes the event's effect away.</summary>
    public static EntryToAppend Corrected(StoredContest contest, ContestedEvent contested, Verdict verdict)
    {
        var body = Repeated(contest, contested);
        body["reason"] = ContestTerms.Of(verdict.Reason);
        return Entry(EntryKind.Corrected, ContestKeys.Corrected(contested.Key), verdict.On, body);
    }

    /// <summary>The entry of an administrator's access to the contested event.</summary>
    public static EntryToAppend AccessRecorded(Guid key, string caseId, DateTimeOffset at, DateOnly day) => Entry(
        EntryKind.Looked, key, day, new JsonObject
        {
            ["at"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["by"] = ByAdministrator,
            ["case"] = caseId,
            ["purpose"] = "contest",
        });

    /// <summary>The event's own members, with its day and turn.</summary>
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
