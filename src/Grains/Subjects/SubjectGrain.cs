using System.Collections.Immutable;
using Orleans.Runtime;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Recomputing;
using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>
/// A subject of any kind in one programme. The first query activates it: it reads its history and registers with its partition. From then
/// on the partition delivers new entries to it, until it is deactivated or its subject leaves.
/// </summary>
internal abstract class SubjectGrain(SubjectKind kind, SubjectDependencies services) : Grain, ISubjectGrain, IActiveFold
{
    private const int NoPartition = -1;

    private static readonly GrainTimerCreationOptions AtOnce = new(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = false };

    private SubjectFold? _fold;
    private IGrainTimer? _renewal;
    private long _registration;
    private long _renewAt = long.MaxValue;
    private int _partition = NoPartition;

    public int Index { get; set; } = -1;

    private TimeSpan RegisterMax => TimeSpan.FromMilliseconds(services.Options.RegisterTimeoutMs);

    private SubjectId Subject => new(GrainContext.GrainId.GetIntegerKey());

    public async Task Deliver(ImmutableArray<Entry> entries)
    {
        using var span = CallTrace.Start("fold");
        if (_fold is not null)
        {
            if (!await _fold.Take(entries)) await Forget();
        }
        else if (!entries.IsDefaultOrEmpty)
        {
            // An earlier activation registered it, and there was no query since.
            await Unregister(entries[0].Partition, 0);
            DeactivateOnIdle();
        }
    }

    public async Task<ScoreValue?> ScoreBelow(long turn, DateOnly day)
    {
        using var span = CallTrace.Start("fold");
        var score = _fold is null ? await Start(turn, day) : await _fold.ScoreBelow(turn, day);
        if (score is null) await Forget();
        return score;
    }

    public async Task<Explanation?> Explain()
    {
        if (await FoldStart.ReadWhole(Subject, services) is not { } start)
        {
            await Forget();
            return null;
        }
        var fold = _fold ?? start.NewFold(services);
        var explanation = fold.Explain(start);
        if (_fold is null) await Activate(fold, start.History.Record);
        return explanation;
    }

    public Task<FoldCopy?> Copy()
    {
        var copy = new TaskCompletionSource<FoldCopy?>(TaskCreationOptions.RunContinuationsAsynchronously);
        GrainContext.Scheduler.QueueAction(() =>
        {
            try
            {
                copy.SetResult(_fold?.Copy());
            }
            catch (Exception exception)
            {
                copy.SetException(exception);
            }
        });
        return copy.Task;
    }

    public async Task Forget()
    {
        services.ActiveFolds.Remove(this);
        _fold = null;
        _renewal?.Dispose();
        _renewal = null;
        if (_partition != NoPartition)
        {
            var partition = _partition;
            _partition = NoPartition;
            await Unregister(partition, 0);
        }
        DeactivateOnIdle();
    }

    /// <summary>Waits for a snapshot that is being written, and ends the registration.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        services.ActiveFolds.Remove(this);
        if (_fold is { } fold) await fold.WaitForSnapshot();
        // At a shutdown the partitions are deactivated too, and 100,000 subjects would activate them again.
        if (reason.ReasonCode == DeactivationReasonCode.ShuttingDown) return;
        if (_partition != NoPartition && _registration != 0) await Unregister(_partition, _registration);
    }

    /// <summary>Starts the fold with the first query; <see langword="null"/> when the subject has left.</summary>
    private async Task<ScoreValue?> Start(long turn, DateOnly day)
    {
        if (await FoldStart.Read(Subject, services) is not { } start) return null;
        var fold = start.NewFold(services);
        var score = await fold.ScoreBelow(turn, day, start);
        if (score is not null) await Activate(fold, start.History.Record);
        return score;
    }

    /// <summary>
    /// Registers with the partition and keeps the fold. An entry that was committed between the read and the registration is not delivered:
    /// the next delivery or query finds it by its turn.
    /// </summary>
    private async Task Activate(SubjectFold fold, SubjectRecord record)
    {
        _partition = record.Partition;
        _registration = await Register();
        SetRenewal();
        _fold = fold;
        services.ActiveFolds.Add(this);
    }

    public void RenewIfDue(long now)
    {
        if (Volatile.Read(ref _renewAt) > now) return;
        if (services.Partitions.RenewHere(_partition, Subject, _registration))
        {
            SetRenewal();
            return;
        }
        // Another silo has the partition, or the registration is lost. That takes a turn of its own, once all calls before have ended.
        Volatile.Write(ref _renewAt, long.MaxValue);
        GrainContext.Scheduler.QueueAction(() =>
        {
            _renewal?.Dispose();
            _renewal = _fold is null ? null : this.RegisterGrainTimer(static (self, _) => self.Renew(), this, AtOnce);
        });
    }

    /// <summary>Registers again. A lost registration means lost entries, so the fold then catches up.</summary>
    private async Task Renew()
    {
        _renewal?.Dispose();
        _renewal = null;
        if (_fold is null) return;
        var number = await Register();
        if (number != 0 && number != _registration)
        {
            try
            {
                if (!await _fold.CatchUp()) await Forget();
            }
            catch (Exception exception) when (exception is LedgerUnavailableException or RuleBookStaleException)
            {
                // A query reads the entries that it needs, and the next renewal tries again.
                number = 0;
            }
        }
        _registration = number;
        SetRenewal();
    }

    /// <summary>The lease service looks at a subject several times, so a renewal is due one look before its time is over.</summary>
    private void SetRenewal()
    {
        var seconds = _registration == 0
            ? services.Options.RegisterAgainSeconds
            : services.Options.RenewSeconds * (1 - 1d / SubjectLeaseService.LooksPerRenewal);
        var machine = services.Partitions.Machine;
        Volatile.Write(ref _renewAt, machine.GetTimestamp() + (long)(seconds * machine.TimestampFrequency));
    }

    private Task<long> Register() => services.Partitions.Register(GrainFactory, _partition, kind, Subject, RegisterMax);

    private Task Unregister(int partition, long registration) =>
        services.Partitions.Forget(GrainFactory, partition, Subject, registration, RegisterMax);
}
