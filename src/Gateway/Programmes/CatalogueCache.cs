using Microsoft.Extensions.Options;
using Scoring.Intake;
using Scoring.Limits;

namespace Scoring.Programmes;

/// <summary>
/// Caches the catalogue against which events are checked. It is read again in the background every
/// <see cref="GatewayLimits.CatalogueSeconds"/>, and earlier when it lacks a name, at most every
/// <see cref="GatewayLimits.CatalogueMissSeconds"/>.
/// </summary>
internal sealed partial class CatalogueCache(
    IGrainFactory grains, IOptions<GatewayLimits> limits, TimeProvider time, ILogger<CatalogueCache> log) : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _refreshLock = new(1);
    private volatile CatalogueSnapshot? _snapshot;
    private long _lastMiss;

    /// <summary>Whether the catalogue is younger than <see cref="GatewayLimits.CatalogueAgeSecondsMax"/>.</summary>
    public bool IsFresh =>
        _snapshot is { } snapshot && time.GetElapsedTime(snapshot.At).TotalSeconds < limits.Value.CatalogueAgeSecondsMax;

    /// <summary>The time since the catalogue was read; <see langword="null"/> when there is none yet.</summary>
    public TimeSpan? Age => _snapshot is { } snapshot ? time.GetElapsedTime(snapshot.At) : null;

    /// <summary>The cached catalogue; it is read now when there is none yet.</summary>
    public async Task<EventCatalogue> Current(CancellationToken cancellationToken) =>
        _snapshot?.Catalogue ?? (await Renew(_snapshot, cancellationToken)).Catalogue;

    /// <summary>
    /// Reads the catalogue because it lacks a name; <see langword="null"/> when the last such read was less than
    /// <see cref="GatewayLimits.CatalogueMissSeconds"/> ago.
    /// </summary>
    public async Task<EventCatalogue?> AfterMiss(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var before = Interlocked.Read(ref _lastMiss);
        if (before != 0 && time.GetElapsedTime(before, now).TotalSeconds < limits.Value.CatalogueMissSeconds) return null;
        if (Interlocked.CompareExchange(ref _lastMiss, now, before) != before) return null;
        return (await Renew(_snapshot, cancellationToken)).Catalogue;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _refreshLock.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Renew(_snapshot, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogReadFailed(log, exception.GetType().Name); // the cached catalogue stays in use; IsFresh says when it is too old
            }

            var pause = _snapshot is null ? FirstRetry : TimeSpan.FromSeconds(limits.Value.CatalogueSeconds);
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A caller that waited while another caller read the catalogue uses that one.
    private async Task<CatalogueSnapshot> Renew(CatalogueSnapshot? known, CancellationToken cancellationToken)
    {
        await _refreshLock.WaitAsync(cancellationToken);
        try
        {
            if (_snapshot is { } newer && newer != known) return newer;
            var timeout = TimeSpan.FromSeconds(limits.Value.CatalogueReadSecondsMax);
            var catalogue = await grains.GetGrain<ICatalogueGrain>(0).Current().WaitAsync(timeout, time, cancellationToken);
            return _snapshot = new CatalogueSnapshot(new EventCatalogue(catalogue), time.GetTimestamp());
        }
        finally
        {
            _refreshLock.Release();
        }
    }

    private sealed record CatalogueSnapshot(EventCatalogue Catalogue, long At);
}
