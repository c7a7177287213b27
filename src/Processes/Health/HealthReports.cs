using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Scoring.Health;

/// <summary>
/// Runs the checks and gives their results again for <see cref="HealthOptions.KeepMs"/>, so that many questions cost no more than one.
/// What was found while the process started is not given again when it has: an upgrade may stop the next process now.
/// </summary>
public sealed partial class HealthReports(
    HealthCheckService service, IEnumerable<CheckDescription> checks, IOptions<HealthOptions> options, Drain drain,
    ILogger<HealthReports> log)
{
    private readonly Dictionary<string, HealthStatus> _last = [];
    private readonly Lock _gate = new();
    private LastRun? _all;
    private LastRun? _ready;

    /// <summary>The checks of this process, in their order.</summary>
    public IReadOnlyList<CheckDescription> Checks { get; } = [.. checks];

    /// <summary>Returns the results of all checks.</summary>
    public Task<HealthReport> All(CancellationToken cancellationToken) =>
        Kept(ref _all, _ => true).WaitAsync(cancellationToken);

    /// <summary>Returns why the process cannot answer requests; <see langword="null"/> when it can.</summary>
    public async Task<string?> Obstacle(CancellationToken cancellationToken)
    {
        if (drain.IsDraining) return "stopping";
        var names = Checks.Where(check => check.Obstacle is not null).Select(check => check.Name).ToHashSet();
        var report = await Kept(ref _ready, check => names.Contains(check.Name)).WaitAsync(cancellationToken);
        // The first one of the process's order is named, because the later ones often follow from it.
        return Checks.FirstOrDefault(check => check.Obstacle is not null && report.Entries[check.Name].Status == HealthStatus.Unhealthy)
            ?.Obstacle;
    }

    /// <summary>All who ask while the checks run, and a moment later, get the same results.</summary>
    private Task<HealthReport> Kept(ref LastRun? kept, Func<HealthCheckRegistration, bool> isAsked)
    {
        lock (_gate)
        {
            var hasStarted = drain.HasStarted;
            if (kept is null || kept.HasStarted != hasStarted || kept.IsOld(options.Value.KeepMs))
                kept = new LastRun(Run(isAsked), hasStarted);
            return kept.Report;
        }
    }

    private async Task<HealthReport> Run(Func<HealthCheckRegistration, bool> isAsked)
    {
        var report = await service.CheckHealthAsync(isAsked, CancellationToken.None); // each check has its own limit
        lock (_last)
        {
            foreach (var (name, entry) in report.Entries)
            {
                var before = _last.GetValueOrDefault(name, HealthStatus.Healthy);
                _last[name] = entry.Status;
                if (entry.Status < before) LogWorse(log, name, entry.Status, entry.Description);
                else if (entry.Status > before) LogBetter(log, name, entry.Status, entry.Description);
            }
        }
        return report;
    }

    /// <summary>Results, since when there are some, and whether the process had started when they were asked for.</summary>
    private sealed class LastRun
    {
        private long _endedAt = long.MaxValue;

        public LastRun(Task<HealthReport> run, bool hasStarted)
        {
            HasStarted = hasStarted;
            Report = Note(run);
        }

        public bool HasStarted { get; }

        public Task<HealthReport> Report { get; }

        public bool IsOld(int keepMs) => Report.IsFaulted || Environment.TickCount64 - Volatile.Read(ref _endedAt) >= keepMs;

        private async Task<HealthReport> Note(Task<HealthReport> run)
        {
            var report = await run;
            Volatile.Write(ref _endedAt, Environment.TickCount64);
            return report;
        }
    }

    [LoggerMessage(2822, LogLevel.Warning, "The health check {Check} is {Status}: {Found}")]
    private static partial void LogWorse(ILogger logger, string check, HealthStatus status, string? found);

    [LoggerMessage(2823, LogLevel.Information, "The health check {Check} is {Status} now: {Found}")]
    private static partial void LogBetter(ILogger logger, string check, HealthStatus status, string? found);
}
