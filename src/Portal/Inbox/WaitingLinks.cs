using Scoring.Client;
using Scoring.Registrations;

namespace Scoring.Inbox;

/// <summary>Finds the page where something that waits is done.</summary>
internal static class WaitingLinks
{
    /// <summary>Returns the address of the page.</summary>
    public static string Of(InboxItem item) => item switch
    {
        { Case: { } name } => $"/admin/contests/{Uri.EscapeDataString(name)}",
        { Kind: InboxKind.Expiry, Registration: { } kind } => RegistrationAddress.OfChange(kind, item.Name),
        { Registration: { } kind } => RegistrationAddress.Of(kind, item.Name),
        { Kind: InboxKind.Draft, Programme: { } programme } => Page(programme) + "/approval",
        { Kind: InboxKind.Suspension, Programme: { } programme } => Page(programme) + "/suspension",
        { Kind: InboxKind.Ending, Programme: { } programme } => Page(programme) + "/end",
        { Kind: InboxKind.Incident, Programme: { } programme } => Page(programme) + "/incidents",
        { Kind: InboxKind.SetAside } => "/admin/set-aside",
        { Programme: { } programme } => Page(programme),
        _ => "/admin",
    };

    private static string Page(string programme) => $"/admin/programmes/{Uri.EscapeDataString(programme)}";
}
