using System.Collections.Immutable;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>
/// Serves the simulation reports that are kept: some of a programme's draft, and those that approvals of its published versions named. A
/// reentrant stateless worker with key 0. Reports hold numbers of subjects only, none under 20.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.ISimulationReportGrain"), GrainInterfaceType("simulation-report")]
public interface ISimulationReportGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the reports of a programme's current draft, newest first; empty without a draft.</summary>
    /// <param name="programme">The programme.</param>
    [Alias("OfDraft"), AnySilo]
    Task<ImmutableArray<KeptReport>> OfDraft(ProgrammeId programme);

    /// <summary>
    /// Returns the report that approvals of a published version named; <see langword="null"/> when none named it. Positions and entries are
    /// rounded down to a multiple of 256, as in the public record.
    /// </summary>
    /// <param name="programme">The programme.</param>
    /// <param name="report">The report's hash.</param>
    [Alias("OfVersion"), AnySilo]
    Task<PublishedReport?> OfVersion(ProgrammeId programme, string report);
}

/// <summary>Approves drafts with the report that the approving administrator has seen. Key: the programme's name.</summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.IDraftApprovalGrain"), GrainInterfaceType("draft-approval")]
public interface IDraftApprovalGrain : IGrainWithStringKey
{
    /// <summary>
    /// Approves the draft of that hash as <see cref="IProgrammeAdminGrain.Approve"/> does, and records the report. It refuses a report that
    /// is not kept for the draft as <see cref="AdminRefusal.ReportUnknown"/>.
    /// </summary>
    /// <param name="administrator">The administrator.</param>
    /// <param name="hash">The draft's hash, 64 lower-case hexadecimal digits.</param>
    /// <param name="report">The report's hash, 64 lower-case hexadecimal digits.</param>
    [Alias("ApproveWithReport")]
    Task<AdminOutcome> ApproveWithReport(string administrator, string hash, string report);
}

/// <summary>A report that is kept.</summary>
/// <param name="Hash">
/// SHA-256 of the report in canonical JSON (RFC 8785), with positions and entries rounded down to a multiple of 256; 64 lower-case
/// hexadecimal digits. Approvals name it.
/// </param>
/// <param name="Draft">The hash of the draft that was simulated.</param>
/// <param name="At">The instant at which the simulation began.</param>
/// <param name="IsNamed">Whether an approval of the draft names it.</param>
/// <param name="Report">The report.</param>
[GenerateSerializer, Immutable, Alias("scoring.kept-report")]
public sealed record KeptReport(string Hash, string Draft, DateTimeOffset At, bool IsNamed, SimulationReport Report);

/// <summary>A report that approvals of a published version named.</summary>
/// <param name="Hash">SHA-256 of <paramref name="Report"/> in canonical JSON (RFC 8785), 64 lower-case hexadecimal digits.</param>
/// <param name="Version">The number of the published version.</param>
/// <param name="Draft">The hash of the draft that became the version.</param>
/// <param name="At">The instant at which the simulation began.</param>
/// <param name="Report">The report, with positions and entries rounded down to a multiple of 256.</param>
[GenerateSerializer, Immutable, Alias("scoring.published-report")]
public sealed record PublishedReport(string Hash, int Version, string Draft, DateTimeOffset At, SimulationReport Report);
