using Microsoft.Extensions.Options;
using Scoring.Hosting;
using Scoring.Intake;
using Scoring.Limits;

namespace Scoring.Programmes;

/// <summary>
/// Caches the catalogue against which requests are checked. It is read again in the background every
/// <see cref="GatewayLimits.CatalogueSeconds"/>, and when it lacks a name, at most every <see cref="GatewayLimits.CatalogueMissSeconds"/>.
/// </summary>
internal sealed partial class CatalogueCache : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private readonly GatewayLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger<CatalogueCache> _log;
    private readonly SharedRead<CatalogueSnapshot> _reads;
    private readonly SharedRead<CatalogueSnapshot> _readsAfterMiss;
    private volatile CatalogueSnapshot? _snapshot;

    public CatalogueCache(IGrainFactory grains, IOptions<GatewayLimits> limits, TimeProvider time, ILogger<CatalogueCache> log)
    {
        _limits = limits.Value;
        _time = time;
        _log = log;
        _reads = new SharedRead<CatalogueSnapshot>(() => Read(grains.GetGrain<ICatalogueGrain>(0).Current), TimeSpan.Zero, time);
        _readsAfterMiss = new SharedRead<CatalogueSnapshot>(
            () => Read(grains.GetGrain<INewestCatalogueGrain>(0).Read), TimeSpan.FromSeconds(_limits.CatalogueMissSeconds), time);
    }

    /// <summary>Whether the catalogue is younger than <see cref="GatewayLimits.CatalogueAgeSecondsMax"/>.</summary>
    public bool IsFresh =>
        _snapshot is { } snapshot && _time.GetElapsedTime(snapshot.At).TotalSeconds < _limits.CatalogueAgeSecondsMax;

    /// <summary>The time since the catalogue was read; <see langword="null"/> when there is none yet.</summary>
    public TimeSpan? Age => _snapshot is { } snapshot ? _time.GetElapsedTime(snapshot.At) : null;

    /// <summary>The cached catalogue; it is read now when there is none yet.</summary>
    public async Task<EventCatalogue> Current(CancellationToken cancellationToken) =>
        (_snapshot ?? await _reads.Read().WaitAsync(cancellationToken)).Catalogue;

    /// <summary>
    /// The catalogue as the database has it after this call, for a request that names what the cached one lacks: it may have been
    /// registered just now, and a refusal is final.
    /// </summary>
    public async Task<EventCatalogue> AfterMiss(CancellationToken cancellationToken) =>
        (await _readsAfterMiss.Read().WaitAsync(cancellationToken)).Catalogue;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _reads.Read().WaitAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogReadFailed(_log, exception.GetType().Name); // the cached catalogue stays in use; IsFresh says when it is too old
            }

            var pause = _snapshot is null ? FirstRetry : TimeSpan.FromSeconds(_limits.CatalogueSeconds);
            await Task.Delay(pause, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<CatalogueSnapshot> Read(Func<Task<Catalogue>> ask)
    {
        var timeout = TimeSpan.FromSeconds(_limits.CatalogueReadSecondsMax);
        var catalogue = await ask().WaitAsync(timeout, _time);
        return _snapshot = new CatalogueSnapshot(new EventCatalogue(catalogue), _time.GetTimestamp());
    }

    private sealed record CatalogueSnapshot(EventCatalogue Catalogue, long At);
}
