using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;
using Scoring.Hosting;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>See <see cref="IPartitionGrain"/>.</summary>
[GrainType("partition"), ImplicitStreamSubscription(LedgerStream.Name), PreferLocalPlacement]
internal sealed partial class PartitionGrain(PartitionDependencies services, ILogger<PartitionGrain> log)
    : Grain, IPartitionGrain, IStreamSubscriptionObserver, IAsyncObserver<LedgerSlice>
{
    private readonly SubscriberTable _subscribers = new(services.Time, TimeSpan.FromSeconds(services.Options.Value.LeaseSeconds));
    private readonly PartitionOptions _options = services.Options.Value;
    private readonly List<SubjectDelivery> _deliveries = [];
    private long _position;

    private int Partition => (int)this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A subject that registers has read the ledger just before. It finds an entry that it missed by the turn of a later one.
        _position = services.Heads.Head(Partition);
        services.Subscriptions.Open(Partition, _subscribers);
        var sweep = TimeSpan.FromSeconds(Math.Max(1, _options.LeaseSeconds / 2));
        this.RegisterGrainTimer(static (self, _) => self.Sweep(), this, new GrainTimerCreationOptions(sweep, sweep));
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        services.Subscriptions.Close(Partition, _subscribers);
        return Task.CompletedTask;
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<LedgerSlice>().ResumeAsync(this);

    public Task<long> Register(SubjectId subject, SubjectKind kind) =>
        Task.FromResult(_subscribers.Register(subject, GrainFactory.Subject(kind, subject)));

    public Task Forget(SubjectId subject, long registration)
    {
        _subscribers.Forget(subject, registration);
        return Task.CompletedTask;
    }

    /// <summary>Delivers a slice, and before it the rows that the stream has left out.</summary>
    public async Task OnNextAsync(LedgerSlice item, StreamSequenceToken? token = null)
    {
        using var span = DeliverySpan.Start(services.Traces.Take(Partition, item.After, item.To), item.Entries.Length);
        if (item.After > _position) await FillHole(item.After);
        if (await DeliverAll(item.Entries) && item.AcceptedAt > 0)
        {
            // Another silo may have taken the entries, and its clock may be ahead.
            var freshness = TimeSpan.FromTicks(services.Time.GetUtcNow().UtcTicks - item.AcceptedAt);
            GrainMetrics.Freshness.Record(Math.Max(0, freshness.TotalSeconds));
        }
        _position = item.To;
    }

    public Task OnErrorAsync(Exception ex)
    {
        LogDeliveryGivenUp(log, Partition, ex);
        return Task.CompletedTask;
    }

    private async Task FillHole(long to)
    {
        var from = Math.Max(_position, to - _options.HoleRowsMax);
        GrainMetrics.StreamHoles.Add(1);
        while (from < to && _subscribers.Count > 0)
        {
            var count = (int)Math.Min(to - from, _options.HolePageRows);
            var slice = await services.Ledger.ReadPartition(Partition, from, count, CancellationToken.None);
            if (slice.To <= from) throw new InvalidOperationException("The ledger does not hold the rows that its stream has left out.");
            await DeliverAll(slice.Entries);
            from = slice.To;
        }
    }

    /// <summary>
    /// Delivers entries to all their active subjects concurrently. A subject that fails or is late loses its registration, and reads its
    /// entries from the ledger. Returns whether there was anything to deliver.
    /// </summary>
    private async Task<bool> DeliverAll(ImmutableArray<Entry> entries)
    {
        if (_subscribers.Count == 0) return false;
        Group(entries);
        for (var start = 0; start < _deliveries.Count; start += _options.DeliveriesMax)
            await Deliver(start, Math.Min(_options.DeliveriesMax, _deliveries.Count - start));
        var hasDelivered = _deliveries.Count > 0;
        _deliveries.Clear();
        return hasDelivered;
    }

    private void Group(ImmutableArray<Entry> entries)
    {
        // Deliveries remain here when an exception interrupted the slice before.
        _deliveries.Clear();
        var indexes = new Dictionary<SubjectId, int>();
        foreach (var entry in entries)
        {
            if (indexes.TryGetValue(entry.Subject, out var index))
            {
                _deliveries[index].Entries.Add(entry);
            }
            else if (_subscribers.TryFind(entry.Subject, out var registration))
            {
                indexes[entry.Subject] = _deliveries.Count;
                _deliveries.Add(new SubjectDelivery(entry.Subject, registration, entry));
            }
        }
    }

    private async Task Deliver(int start, int count)
    {
        var calls = new Task[count];
        for (var i = 0; i < count; i++)
        {
            if (start + i == DeliverySpan.CallsMax) CallTrace.Release();
            var delivery = _deliveries[start + i];
            calls[i] = delivery.Registration.Grain.Deliver([.. delivery.Entries]);
        }
        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromMilliseconds(_options.DeliveryTimeoutMs), services.Time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        var struckOff = 0;
        for (var i = 0; i < count; i++)
        {
            if (calls[i].IsCompletedSuccessfully) continue;
            calls[i].Ignore();
            struckOff++;
            _subscribers.Forget(_deliveries[start + i].Subject, _deliveries[start + i].Registration.Number);
        }
        GrainMetrics.Handed.Add(count - struckOff);
        if (struckOff == 0) return;
        GrainMetrics.StruckOff.Add(struckOff);
        LogStruckOff(log, Partition, struckOff);
    }

    private Task Sweep()
    {
        _subscribers.Sweep();
        return Task.CompletedTask;
    }

    /// <summary>The entries of one slice for one subject.</summary>
    private readonly struct SubjectDelivery(SubjectId subject, SubscriberTable.Subscriber registration, Entry first)
    {
        public SubjectId Subject { get; } = subject;

        public SubscriberTable.Subscriber Registration { get; } = registration;

        public List<Entry> Entries { get; } = [first];
    }
}

/// <summary>The services of <see cref="PartitionGrain"/>.</summary>
internal sealed record PartitionDependencies(
    ILedger Ledger, ILedgerHeads Heads, PartitionSubscriptions Subscriptions, IOptions<PartitionOptions> Options, TimeProvider Time,
    FlushTraces Traces);
