using System.Globalization;
using Scoring.Administration;

namespace Scoring.Contests;

/// <summary>
/// Derives the keys of a contest's entries. Keys are unique in a subject, so a repetition cannot contest, extend or correct an event twice.
/// No event can have one of these keys: an event's key is derived from its source, which is a URI, and the words here are not.
/// </summary>
public static class ContestKeys
{
    /// <summary>The key of the entry that opens the contest of an event.</summary>
    public static Guid Opened(Guid eventKey) => Of("contest-opened", eventKey);

    /// <summary>The key of the entry that extends the contest.</summary>
    public static Guid Extended(Guid eventKey) => Of("contest-extended", eventKey);

    /// <summary>The key of the correction of an event, the same for the platform's and an administrator's decision.</summary>
    public static Guid Corrected(Guid eventKey) => Of("corrected", eventKey);

    /// <summary>The key of a decision: the same call by the same administrator has the same key.</summary>
    public static Guid Decided(string caseId, string by, bool upheld, ContestReason reason) => AdminActionKey.Of(
        "contest-decided", caseId, by, upheld ? "upheld" : "rejected", ((int)reason).ToString(CultureInfo.InvariantCulture));

    private static Guid Of(string step, Guid eventKey) => AdminActionKey.Of(step, eventKey.ToString("N"));
}
