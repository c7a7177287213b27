using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Simulation;

/// <summary>
/// Keeps simulation reports: some of each programme's draft, and with a published version those that its approvals named. A report holds
/// numbers of subjects only, none under 20, so it survives the subjects that it counted. Every write may be repeated.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
public interface ISimulationReportStore
{
    /// <summary>
    /// Keeps a report of a draft. Of this draft's reports that no approval names, only the newest <paramref name="keptMax"/> remain.
    /// </summary>
    Task Add(ProgrammeId programme, KeptReport report, int keptMax, CancellationToken cancellationToken);

    /// <summary>Returns a draft's reports, newest first.</summary>
    Task<IReadOnlyList<KeptReport>> OfDraft(ProgrammeId programme, string draft, CancellationToken cancellationToken);

    /// <summary>
    /// Marks that an approval of the draft names a report. Returns <see langword="false"/> when no such report of the draft is kept.
    /// </summary>
    Task<bool> Name(ProgrammeId programme, string draft, string report, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the reports of a programme's drafts except of <paramref name="draft"/>, which was written again and has lost its approvals,
    /// so none of its reports is named any more.
    /// </summary>
    /// <param name="programme">The programme.</param>
    /// <param name="draft">The hash of the current draft; <see langword="null"/> when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task Forget(ProgrammeId programme, string? draft, CancellationToken cancellationToken);

    /// <summary>Moves the named reports of a draft to the version that it became, and deletes all other reports of drafts.</summary>
    Task Publish(ProgrammeId programme, string draft, int version, CancellationToken cancellationToken);

    /// <summary>
    /// Returns a report of a published version, of the latest one that has it; <see langword="null"/> when no version has it.
    /// </summary>
    Task<PublishedReport?> OfVersion(ProgrammeId programme, string report, CancellationToken cancellationToken);
}
