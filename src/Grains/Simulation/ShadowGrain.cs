using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>
/// See <see cref="IShadowGrain"/>. It reads from the record which shadows are done, so a restart on any silo repeats none.
/// </summary>
[GrainType("shadow")]
internal sealed partial class ShadowGrain(
    IProgrammeStore store, LedgerSimulation simulation, ProgrammeClock clock, ILogger<ShadowGrain> log) : Grain, IShadowGrain
{
    private const int RecordPage = 500;

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Guid> _done = [];
    private Task _running = Task.CompletedTask;
    private long _readTo;

    public async Task<bool> Look()
    {
        if (!_running.IsCompleted) return true;
        if (!ProgrammeId.TryParse(this.GetPrimaryKeyString(), out var programme)) return false;
        var published = await store.Read(CancellationToken.None);
        var versions = published.Documents.VersionsOf(programme);
        if (versions.IsEmpty || published.Ended.Contains(programme)) return false;
        var now = clock.Now;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(versions[0].Terms.Zone);
        var today = ProgrammeDay.Of(now, zone);
        if (versions[0].RuleSet.FirstDay > today) return false;
        var coming = versions.Where(version => version.RuleSet.FirstDay > today).ToImmutableArray();
        if (coming.Length > 0) await ReadRecord(programme, versions, zone);
        coming = [.. coming.Where(version => !_done.Contains(SimulationActions.ShadowKey(version, today)))];
        if (coming.IsEmpty) return false;
        _running = Follow(published.Documents, coming, today, now);
        return true;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _stop.Dispose();
    }

    /// <summary>Reads which versions were shadowed, and on which day. A recorded action has the day on which its fold began.</summary>
    private async Task ReadRecord(ProgrammeId programme, ImmutableArray<ProgrammeVersion> versions, TimeZoneInfo zone)
    {
        while (true)
        {
            var acts = await store.ReadRecord(programme, _readTo, RecordPage, CancellationToken.None);
            foreach (var act in acts.Where(act => act.Act == AdminActions.Shadowed && act.Programme == programme))
                if (versions.FirstOrDefault(version => version.RuleSet.Hash == act.Hash) is { } version)
                    _done.Add(SimulationActions.ShadowKey(version, ProgrammeDay.Of(act.At, zone)));
            if (acts.Count > 0) _readTo = acts[^1].Number;
            if (acts.Count < RecordPage) return;
        }
    }

    /// <summary>Shadows one version after the other. The next call of <see cref="Look"/> tries a failed one again.</summary>
    private async Task Follow(DocumentSet published, ImmutableArray<ProgrammeVersion> coming, DateOnly today, DateTimeOffset at)
    {
        using var keepAlive = this.KeepAlive();
        try
        {
            var sharePercent = simulation.Options.ShadowSharePercent;
            foreach (var version in coming)
            {
                var report = await Task.Run(() => Work(published, version, today, sharePercent, _stop.Token), _stop.Token);
                await store.Record(SimulationActions.Shadowed(at, version, sharePercent, report), CancellationToken.None);
                _done.Add(SimulationActions.ShadowKey(version, today));
            }
        }
        catch (Exception exception)
        {
            if (!_stop.IsCancellationRequested) LogFailed(log, this.GetPrimaryKeyString(), exception.GetType().Name);
        }
    }

    private async Task<SimulationReport> Work(
        DocumentSet published, ProgrammeVersion version, DateOnly today, int sharePercent, CancellationToken cancellationToken)
    {
        var simulator = new Simulator(SimulatedRules.Of(published, version), today);
        var positions = await simulation.Positions(cancellationToken);
        return await simulation.Run(simulator, version.Terms.Id, positions, sharePercent, static _ => { }, cancellationToken);
    }

    [LoggerMessage(2302, LogLevel.Warning, "A coming version of {Programme} could not be shadowed: {Exception}; it is tried again")]
    private static partial void LogFailed(ILogger logger, string programme, string exception);
}
