using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Background;
using Scoring.Hosting;

namespace Scoring.SetAside;

/// <summary>
/// Stores this silo's notes, raises the alarm while there is any, and continues replays. One silo at a time replays; a replay that a crash
/// interrupted continues at the next subject.
/// </summary>
internal sealed partial class SetAsideService(
    SetAsideServiceDependencies dependencies, BackgroundStepRunner steps, TimeProvider machine, ILogger<SetAsideService> log)
    : BackgroundService
{
    private readonly SetAsideOptions _options = dependencies.Options.Value;
    private long? _reportedAt;

    /// <summary>Stores the notes that wait.</summary>
    internal Task Store(CancellationToken cancellationToken) => dependencies.Notes.Store(dependencies.Store, cancellationToken);

    /// <summary>Counts what is set aside, and reports it at a bounded rate. Returns the number.</summary>
    internal async Task<long> Report(CancellationToken cancellationToken)
    {
        var count = await dependencies.Store.CountUpTo(_options.CountMax, cancellationToken);
        GrainMetrics.SetAsideEntries.Record(count);
        if (count == 0) _reportedAt = null;
        if (count == 0 || _reportedAt is { } at && machine.GetElapsedTime(at) < TimeSpan.FromMinutes(_options.AlarmMinutes)) return count;
        _reportedAt = machine.GetTimestamp();
        LogWaiting(log);
        return count;
    }

    /// <summary>Folds the next subjects of requested replays again. Returns their number.</summary>
    internal async Task<int> Replay(CancellationToken cancellationToken)
    {
        if ((await dependencies.Store.ReadReplays(cancellationToken)).Count == 0) return 0;
        await using var exclusive = await dependencies.Store.TryLock(cancellationToken);
        if (exclusive is null) return 0;
        var due = await dependencies.Store.ReadDue(0, _options.ReplaySubjectsMax, cancellationToken);
        Exception? failure = null;
        foreach (var subject in due)
        {
            try
            {
                await dependencies.Replayer.Replay(subject, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failure = exception; // the others do not wait for it, and it stays due
            }
        }
        if (failure is not null) throw new InvalidOperationException("A subject could not be folded again.", failure);
        await dependencies.Store.EndReplays(cancellationToken);
        return due.Count;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => steps.Repeat(
        new BackgroundSchedule(
            TimeSpan.FromSeconds(_options.LookSeconds), new BackgroundStep("set-aside-notes", Store),
            new BackgroundStep("set-aside-report", Report), new BackgroundStep("set-aside-replay", Replay)),
        stoppingToken);

    [LoggerMessage(2104, LogLevel.Error, "Entries are set aside and do not count; mend the cause and replay them")]
    private static partial void LogWaiting(ILogger logger);
}

/// <summary>The services of <see cref="SetAsideService"/>.</summary>
internal sealed record SetAsideServiceDependencies(
    SetAsideNotes Notes, ISetAsideStore Store, SetAsideReplayer Replayer, IOptions<SetAsideOptions> Options);
