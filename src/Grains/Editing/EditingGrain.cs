using Orleans.Concurrency;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Editing;

/// <summary>See <see cref="IEditingGrain"/>.</summary>
[GrainType("editing"), Reentrant, StatelessWorker]
internal sealed class EditingGrain(AdministrationDependencies services, CurrentCatalogue catalogue) : Grain, IEditingGrain
{
    public async Task<DraftReport> Check(byte[] draft, ProgrammeId? programme)
    {
        var published = await services.Store.Read(CancellationToken.None);
        var content = DraftCheck.Check(
            draft, programme ?? DraftCheck.NameOf(draft), published.Documents, services.Now, services.Limits);
        return new DraftReport(content.Hash, content.Problems, content.Readable?.Differences ?? [], content.Readable?.Widens ?? false);
    }

    public Task<WorkbenchOutcome> Work(WorkbenchRun run)
    {
        var (rules, problems) = DraftRules.Compile(run.Draft, catalogue.Current().EventTypes);
        return Task.FromResult(rules is null
            ? new WorkbenchOutcome(null, problems)
            : new WorkbenchOutcome(WorkbenchFold.Of(rules, run.From, run.To, run.Events), []));
    }
}
