using Scoring.Client;

namespace Scoring.Notices;

/// <summary>The groups of kinds by which a person filters what happened. Their names are the words of the page's address.</summary>
public enum NoticeGroup
{
    /// <summary>Events of sources.</summary>
    Events,

    /// <summary>Who looked.</summary>
    Looks,

    /// <summary>Contests and corrections.</summary>
    Contests,

    /// <summary>Consent, pauses, what is linked, grants and audit codes.</summary>
    Consent,

    /// <summary>What administrators did: versions of rules, suspensions, registrations.</summary>
    Rules,
}

/// <summary>Puts notices into groups.</summary>
internal static class NoticeGroups
{
    /// <summary>Returns the group of a notice; <see langword="null"/> for a kind that a later version of the API has added.</summary>
    public static NoticeGroup? Of(Notice notice)
    {
        if (notice.Act is not null) return NoticeGroup.Rules;
        return Words.Find<EntryKind>(notice.Kind) switch
        {
            EntryKind.Event or EntryKind.Erased => NoticeGroup.Events,
            EntryKind.Queried or EntryKind.Looked => NoticeGroup.Looks,
            EntryKind.Corrected or EntryKind.ContestOpened or EntryKind.ContestDecided or EntryKind.ContestExtended =>
                NoticeGroup.Contests,
            EntryKind.Enrolled or EntryKind.ConsentRenewed or EntryKind.HandleLinked or EntryKind.HandleUnlinked or EntryKind.Granted
                or EntryKind.GrantRevoked or EntryKind.Restricted or EntryKind.RestrictionLifted or EntryKind.AuditCodeGiven =>
                NoticeGroup.Consent,
            _ => null,
        };
    }

    /// <summary>Returns the word of a group in an address.</summary>
    public static string WordOf(NoticeGroup group) => group.ToString().ToLowerInvariant();

    /// <summary>Returns the group of a word, or <see langword="null"/>.</summary>
    public static NoticeGroup? Find(string? word) => Enum.GetValues<NoticeGroup>().Cast<NoticeGroup?>()
        .FirstOrDefault(group => WordOf(group!.Value) == word);
}
