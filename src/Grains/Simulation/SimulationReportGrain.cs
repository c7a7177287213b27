using System.Collections.Immutable;
using Orleans.Concurrency;
using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Simulation;

/// <summary>See <see cref="ISimulationReportGrain"/>.</summary>
[GrainType("simulation-report"), Reentrant, StatelessWorker]
internal sealed class SimulationReportGrain(ISimulationReportStore reports) : Grain, ISimulationReportGrain
{
    public async Task<ImmutableArray<KeptReport>> OfDraft(ProgrammeId programme) =>
        await GrainFactory.GetGrain<IProgrammeAdminGrain>(programme.Value).Find() is { Draft: { } draft }
            ? [.. await reports.OfDraft(programme, draft.Hash, CancellationToken.None)]
            : [];

    public async Task<PublishedReport?> OfVersion(ProgrammeId programme, string report) =>
        await reports.OfVersion(programme, report, CancellationToken.None) is { } kept
            ? kept with { Report = SimulationReportDocument.Public(kept.Report) }
            : null;
}
