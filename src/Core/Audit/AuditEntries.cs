using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Audit;

/// <summary>Entries about audits, in canonical JSON: words of closed lists, names of cases, and nothing else.</summary>
internal static class AuditEntries
{
    public const string ByAuditor = "auditor";

    /// <summary>A look. Its key follows from what is looked at, so that the same look on the same day is one entry.</summary>
    public static EntryToAppend AccessRecorded(AuditCase of, Guid key, DateTimeOffset at, DateOnly today, DateOnly asOf, long? turn)
    {
        var seen = new JsonObject { ["day"] = Iso(asOf) };
        if (turn is not null) seen["turn"] = turn;
        return new EntryToAppend(EntryKind.Looked, key, today, CanonicalJson.Write(new JsonObject
        {
            ["asOf"] = seen,
            ["at"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["by"] = ByAuditor,
            ["case"] = of.Case,
            ["purpose"] = Word(of.Purpose),
        }));
    }

    public static EntryToAppend CodeGiven(Guid key, DateOnly today, DateOnly expiresOn) => new(
        EntryKind.AuditCodeGiven, key, today, CanonicalJson.Write(new JsonObject { ["expiresOn"] = Iso(expiresOn) }));

    public static NewAdminAction Opened(AuditCase opened, string auditor, DateTimeOffset at) => new(
        AdminActionKey.Of(AdminActions.AuditOpened, opened.Case), AdminActions.AuditOpened, opened.Programme, auditor, at, null,
        [$"An auditor may look until {Iso(opened.ExpiresOn)}, for {Word(opened.Purpose)}; each look is told to whom it is about."],
        CanonicalJson.Write(new JsonObject
        {
            ["case"] = opened.Case, ["expiresOn"] = Iso(opened.ExpiresOn), ["purpose"] = Word(opened.Purpose),
        }));

    public static string Word(AuditPurpose purpose) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(purpose.ToString());

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
