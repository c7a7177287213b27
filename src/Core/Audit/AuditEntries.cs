using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Rules;

namespace Scoring.Audit;

/// <summary>
/// Writes the entries and the public actions of audits. Bodies are canonical JSON with words of closed lists, days and names of cases only.
/// </summary>
internal static class AuditEntries
{
    /// <summary>The role in the entry of an auditor's access.</summary>
    public const string ByAuditor = "auditor";

    /// <summary>The entry of an auditor's access.</summary>
    /// <param name="audit">The case.</param>
    /// <param name="key">Derived from what is requested, so that the same request on the same day is one entry.</param>
    /// <param name="at">The instant of the access.</param>
    /// <param name="today">The day in the programme's zone.</param>
    /// <param name="asOf">The day of which the score or history is requested.</param>
    /// <param name="turn">The last turn that is requested; <see langword="null"/> for all.</param>
    public static EntryToAppend AccessRecorded(AuditCase audit, Guid key, DateTimeOffset at, DateOnly today, DateOnly asOf, long? turn)
    {
        var state = new JsonObject { ["day"] = Iso(asOf) };
        if (turn is not null) state["turn"] = turn;
        return new EntryToAppend(EntryKind.Looked, key, today, CanonicalJson.Write(new JsonObject
        {
            ["asOf"] = state,
            ["at"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["by"] = ByAuditor,
            ["case"] = audit.Case,
            ["purpose"] = Word(audit.Purpose),
        }));
    }

    /// <summary>The entry of a code that a participant gave out for an auditor.</summary>
    public static EntryToAppend CodeGiven(Guid key, DateOnly today, DateOnly expiresOn) => new(
        EntryKind.AuditCodeGiven, key, today, CanonicalJson.Write(new JsonObject { ["expiresOn"] = Iso(expiresOn) }));

    /// <summary>The public action of a case that an auditor opened. Its sentence is stored: its words do not change.</summary>
    public static NewAdminAction Opened(AuditCase opened, string auditor, DateTimeOffset at) => new(
        AdminActionKey.Of(AdminActions.AuditOpened, opened.Case), AdminActions.AuditOpened, opened.Programme, auditor, at, null,
        [$"An auditor may look until {Iso(opened.ExpiresOn)}, for {Word(opened.Purpose)}; each look is told to whom it is about."],
        CanonicalJson.Write(new JsonObject
        {
            ["case"] = opened.Case, ["expiresOn"] = Iso(opened.ExpiresOn), ["purpose"] = Word(opened.Purpose),
        }));

    /// <summary>The word of a purpose in kebab-case, as entries and actions store it.</summary>
    public static string Word(AuditPurpose purpose) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(purpose.ToString());

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
