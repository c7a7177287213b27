using Microsoft.Extensions.Options;
using Scoring.Intake;
using Scoring.Limits;

namespace Scoring.Programmes;

/// <summary>
/// The catalogue as events are checked against it: read anew in the background, and before its time when a name is not in it, but
/// that only so often.
/// </summary>
internal sealed partial class CatalogueCache(
    IGrainFactory grains, IOptions<GatewayLimits> limits, TimeProvider time, ILogger<CatalogueCache> log) : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim one = new(1);
    private volatile CatalogueSnapshot? last;
    private long missed;

    /// <summary>Whether it has been read, and not too long ago.</summary>
    public bool IsFresh => last is { } read && time.GetElapsedTime(read.At).TotalSeconds < limits.Value.CatalogueAgeSecondsMax;

    /// <summary>The last one read; read now when there is none yet.</summary>
    public async Task<EventCatalogue> Current(CancellationToken cancellationToken) =>
        last?.Catalogue ?? (await Renew(last, cancellationToken)).Catalogue;

    /// <summary>One read after a miss, or <see langword="null"/> when the last miss was too short a time ago.</summary>
    public async Task<EventCatalogue?> AfterMiss(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var before = Interlocked.Read(ref missed);
        if (before != 0 && time.GetElapsedTime(before, now).TotalSeconds < limits.Value.CatalogueMissSeconds) return null;
        if (Interlocked.CompareExchange(ref missed, now, before) != before) return null;
        return (await Renew(last, cancellationToken)).Catalogue;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        one.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Renew(last, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogNotRead(log, exception.GetType().Name); // the last one serves on, until it is too old to be called ready
            }

            var pause = last is null ? FirstRetry : TimeSpan.FromSeconds(limits.Value.CatalogueSeconds);
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Whoever waited for another's reading takes that.
    private async Task<CatalogueSnapshot> Renew(CatalogueSnapshot? known, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (last is { } newer && newer != known) return newer;
            var patience = TimeSpan.FromSeconds(limits.Value.CatalogueReadSecondsMax);
            var catalogue = await grains.GetGrain<ICatalogueGrain>(0).Current().WaitAsync(patience, time, cancellationToken);
            return last = new CatalogueSnapshot(new EventCatalogue(catalogue), time.GetTimestamp());
        }
        finally
        {
            one.Release();
        }
    }

    private sealed record CatalogueSnapshot(EventCatalogue Catalogue, long At);
}
