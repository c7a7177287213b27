using System.Collections.Immutable;
using Orleans.Runtime;
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
    private SubjectFold? _fold;
    private IPartitionGrain? _partition;
    private IGrainTimer? _renewal;
    private long _registration;

    public int Index { get; set; } = -1;

    private SubjectId Subject => new(GrainContext.GrainId.GetIntegerKey());

    public async Task Deliver(ImmutableArray<Entry> entries)
    {
        if (_fold is not null)
        {
            if (!await _fold.Take(entries)) await Forget();
        }
        else if (!entries.IsDefaultOrEmpty)
        {
            // An earlier activation registered it, and there was no query since.
            await Unregister(GrainFactory.GetGrain<IPartitionGrain>(entries[0].Partition), 0);
            DeactivateOnIdle();
        }
    }

    public async Task<ScoreValue?> ScoreBelow(long turn, DateOnly day)
    {
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
        if (_partition is { } partition)
        {
            _partition = null;
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
        if (_partition is { } partition && _registration != 0) await Unregister(partition, _registration);
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
        _partition = GrainFactory.GetGrain<IPartitionGrain>(record.Partition);
        _registration = await Register();
        var timing = new GrainTimerCreationOptions { DueTime = NextRenewal(), Period = NextRenewal(), KeepAlive = false };
        _renewal ??= this.RegisterGrainTimer(static (self, _) => self.Renew(), this, timing);
        _fold = fold;
        services.ActiveFolds.Add(this);
    }

    /// <summary>Renews the lease. A lost registration means lost entries, so the fold then catches up.</summary>
    private async Task Renew()
    {
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
        _renewal?.Change(NextRenewal(), NextRenewal());
    }

    private TimeSpan NextRenewal() =>
        TimeSpan.FromSeconds(_registration == 0 ? services.Options.RegisterAgainSeconds : services.Options.RenewSeconds);

    /// <summary>Registers. Returns 0 when the partition cannot be reached: the subject still answers, but reads more.</summary>
    private async Task<long> Register()
    {
        try
        {
            return await _partition!.Register(Subject, kind).WaitAsync(TimeSpan.FromMilliseconds(services.Options.RegisterTimeoutMs));
        }
        catch (Exception exception) when (IsOutOfReach(exception))
        {
            return 0;
        }
    }

    private async Task Unregister(IPartitionGrain partition, long registration)
    {
        try
        {
            await partition.Forget(Subject, registration).WaitAsync(TimeSpan.FromMilliseconds(services.Options.RegisterTimeoutMs));
        }
        catch (Exception exception) when (IsOutOfReach(exception))
        {
            // The lease expires without a call.
        }
    }

    private static bool IsOutOfReach(Exception exception) =>
        exception is TimeoutException or SiloUnavailableException or OrleansMessageRejectionException
        or GrainExtensionNotInstalledException;
}
