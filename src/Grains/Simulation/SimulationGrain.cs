using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>
/// See <see cref="ISimulationGrain"/>. The fold runs on the thread pool. Meanwhile the grain answers calls and stays active.
/// </summary>
[GrainType("simulation")]
internal sealed partial class SimulationGrain(
    IProgrammeStore store, ISimulationReportStore reports, LedgerSimulation simulation, ProgrammeClock clock, ILogger<SimulationGrain> log)
    : Grain, ISimulationGrain
{
    /// <summary>The draft's own check decides whether its first day is far enough ahead. A simulation accepts any first day.</summary>
    private static readonly PublicationLimits AnyNotice = new(1, 1);

    private SimulationView? _view;
    private CancellationTokenSource? _cancel;
    private Task? _running;
    private int _percent;

    private bool IsRunning => _view is { Status: SimulationStatus.Running };

    public async Task<AdminOutcome> Start(string administrator)
    {
        if (IsRunning) return AdminOutcome.Refused(AdminRefusal.Busy);
        if (!ProgrammeId.TryParse(this.GetPrimaryKeyString(), out var programme)) return AdminOutcome.Refused(AdminRefusal.Unknown);
        var admin = await GrainFactory.GetGrain<IProgrammeAdminGrain>(programme.Value).Find();
        if (admin?.Draft is not { } draft) return AdminOutcome.Refused(AdminRefusal.Unknown);
        var published = await store.Read(CancellationToken.None);
        if (published.Ended.Contains(programme) || published.Documents.VersionsOf(programme).IsEmpty)
            return AdminOutcome.Refused(AdminRefusal.WrongStatus);
        if (!draft.Problems.IsEmpty) return AdminOutcome.Refused(AdminRefusal.Problems) with { Problems = draft.Problems };
        var now = clock.Now;
        var check = DraftCheck.Check(draft.Json, programme, published.Documents, now, AnyNotice);
        if (check.Version is null) return AdminOutcome.Refused(AdminRefusal.Problems) with { Problems = check.Problems };
        var plan = new Plan(
            programme, draft.Hash, published.Documents, check.Version, await simulation.Positions(CancellationToken.None), administrator,
            now);
        _view = new SimulationView(draft.Hash, SimulationStatus.Running, 0, null);
        _percent = 0;
        _cancel = new CancellationTokenSource();
        _running = Follow(plan, _cancel);
        return new AdminOutcome(true, [administrator], null, []);
    }

    public Task<SimulationView?> Find() =>
        Task.FromResult(IsRunning ? _view! with { PercentDone = Volatile.Read(ref _percent) } : _view);

    public async Task<bool> Cancel(string administrator)
    {
        if (!IsRunning) return false;
        await _cancel!.CancelAsync();
        await _running!;
        return _view!.Status == SimulationStatus.Cancelled;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (!IsRunning) return;
        await _cancel!.CancelAsync();
        await _running!.WaitAsync(cancellationToken).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <summary>Runs a simulation to its end and stores the outcome in the view. Only cancellation awaits this task.</summary>
    private async Task Follow(Plan plan, CancellationTokenSource source)
    {
        var cancellationToken = source.Token;
        using var keepAlive = this.KeepAlive();
        try
        {
            var report = await Task.Run(() => Work(plan, cancellationToken), cancellationToken);
            await store.Record(
                SimulationActions.Simulated(Guid.NewGuid(), plan.Administrator, plan.At, plan.Programme, plan.Hash, report),
                CancellationToken.None);
            await Keep(plan, report);
            _view = new SimulationView(plan.Hash, SimulationStatus.Done, 100, report);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _view = new SimulationView(plan.Hash, SimulationStatus.Cancelled, Volatile.Read(ref _percent), null);
        }
        catch (Exception exception)
        {
            _view = new SimulationView(plan.Hash, SimulationStatus.Failed, Volatile.Read(ref _percent), null);
            LogFailed(log, plan.Programme.Value, exception.GetType().Name);
        }
        finally
        {
            source.Dispose();
        }
    }

    /// <summary>Keeps the report, unless its draft was replaced or published meanwhile.</summary>
    private async Task Keep(Plan plan, SimulationReport report)
    {
        var admin = await GrainFactory.GetGrain<IProgrammeAdminGrain>(plan.Programme.Value).Find();
        if (admin?.Draft?.Hash != plan.Hash) return;
        var kept = new KeptReport(SimulationReportDocument.Hash(report), plan.Hash, plan.At, false, report);
        await reports.Add(plan.Programme, kept, simulation.Options.ReportsKeptMax, CancellationToken.None);
    }

    private Task<SimulationReport> Work(Plan plan, CancellationToken cancellationToken)
    {
        var rules = SimulatedRules.Of(plan.Published, plan.Version);
        var simulator = new Simulator(rules, rules.Now.Day(plan.At));
        return simulation.Run(
            simulator, plan.Programme, plan.Positions, 100, percent => Volatile.Write(ref _percent, percent), cancellationToken);
    }

    private sealed record Plan(
        ProgrammeId Programme, string Hash, DocumentSet Published, ProgrammeVersion Version, long[] Positions, string Administrator,
        DateTimeOffset At);

    [LoggerMessage(2301, LogLevel.Warning, "The simulation of a draft of {Programme} failed: {Exception}")]
    private static partial void LogFailed(ILogger logger, string programme, string exception);
}
