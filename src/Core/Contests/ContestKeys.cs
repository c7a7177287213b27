using System.Globalization;
using Scoring.Administration;

namespace Scoring.Contests;

/// <summary>
/// Derived keys of a contest's entries, unique in a subject: an event is contested, extended and corrected once, whatever is repeated. No
/// source's event can have one of them, because what stands in the source's place here is no URI.
/// </summary>
public static class ContestKeys
{
    /// <summary>Of the entry that opens the contest of an event.</summary>
    public static Guid Opened(Guid eventKey) => Of("contest-opened", eventKey);

    /// <summary>Of the entry that gives new material.</summary>
    public static Guid Extended(Guid eventKey) => Of("contest-extended", eventKey);

    /// <summary>Of the correction that takes an event away, whoever makes it.</summary>
    public static Guid Corrected(Guid eventKey) => Of("corrected", eventKey);

    /// <summary>Of a decision.</summary>
    public static Guid Decided(string caseId, string by, bool upheld, ContestReason reason) => AdminActionKey.Of(
        "contest-decided", caseId, by, upheld ? "upheld" : "rejected", ((int)reason).ToString(CultureInfo.InvariantCulture));

    private static Guid Of(string what, Guid eventKey) => AdminActionKey.Of(what, eventKey.ToString("N"));
}
