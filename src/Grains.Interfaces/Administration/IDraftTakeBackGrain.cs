namespace Scoring.Administration;

/// <summary>
/// Takes approvals of a programme's draft back. It is the same grain as <see cref="IProgrammeAdminGrain"/>; the interface is its own
/// because silos of an earlier version do not know it. Key: the programme's name.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.IDraftTakeBackGrain"), GrainInterfaceType("draft-take-back")]
public interface IDraftTakeBackGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes the administrator's own approval of the current draft back. It refuses as <see cref="AdminRefusal.Unknown"/> when no such
    /// approval waits, which includes a draft that is published already.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    [Alias("TakeBackApproval")]
    Task<AdminOutcome> TakeBackApproval(string administrator);
}
