using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;

namespace Scoring.Intake;

/// <summary>
/// See <see cref="IIntakeGrain"/>. It is reentrant because the ledger's writer groups the appends of concurrent calls.
/// </summary>
[GrainType("intake"), Reentrant, StatelessWorker]
internal sealed class IntakeGrain(IntakeDependencies dependencies) : Grain, IIntakeGrain
{
    private readonly TimeSpan _skew = TimeSpan.FromSeconds(dependencies.Options.Value.FutureSkewSeconds);

    public async Task<IntakeOutcome> Append(EventBatch batch)
    {
        try
        {
            return await dependencies.Newest.Decide(
                () => CheckAndAppend(batch), outcome => outcome.Refusals.Any(refusal => refusal.Fault == EventFault.ProgrammeUnknown));
        }
        catch (LedgerUnavailableException)
        {
            return new IntakeOutcome([], TimeSpan.FromSeconds(dependencies.Options.Value.RetryAfterSeconds));
        }
    }

    private async Task<IntakeOutcome> CheckAndAppend(EventBatch batch)
    {
        var now = dependencies.Clock.Now;
        var events = new EventToAppend[batch.Events.Length];
        ImmutableArray<EventRefusal>.Builder? refusals = null;
        var isRegistered = dependencies.Catalogue.Source(batch.Source) is not null;
        ProgrammeId last = default;
        KnownProgramme? programme = null;
        for (var i = 0; i < events.Length; i++)
        {
            // The events of a batch are mostly of one programme.
            if (batch.Events[i].Programme != last) programme = Begun(last = batch.Events[i].Programme, now);
            var (accepted, fault) = Check(batch.Source, batch.Events[i], isRegistered ? programme : null, now);
            if (accepted is not null) events[i] = accepted;
            else (refusals ??= ImmutableArray.CreateBuilder<EventRefusal>()).Add(new EventRefusal(i, fault));
        }
        if (refusals is not null) return new IntakeOutcome(refusals.ToImmutable(), null);
        await dependencies.Ledger.AppendEvents(events, CancellationToken.None);
        GrainMetrics.EventsTaken.Add(events.Length);
        return IntakeOutcome.Accepted;
    }

    /// <summary>Returns a programme whose first version's first day has come, or <see langword="null"/>.</summary>
    private KnownProgramme? Begun(ProgrammeId id, DateTimeOffset now) =>
        dependencies.Catalogue.Find(id) is { } programme && programme.HasBegun(programme.Day(now)) ? programme : null;

    /// <summary>
    /// Decides by the event and the catalogue alone. It refuses events of a stopped source, and types that are stopped or that the version
    /// in force on the event's day does not take. It lets a suspended programme's events pass: the append's own transaction leaves them
    /// out.
    /// </summary>
    private (EventToAppend? Event, EventFault Fault) Check(
        string source, IncomingEvent incoming, KnownProgramme? programme, DateTimeOffset now)
    {
        if (programme is null) return (null, EventFault.ProgrammeUnknown);
        var day = programme.Day(incoming.Time);
        if (!programme.Takes(incoming.Body, day)) return (null, EventFault.ProgrammeUnknown);
        if (incoming.Time > now + _skew) return (null, EventFault.TimeInFuture);
        if (incoming.Time < now.AddDays(-programme.Programme.LatenessDaysMax)) return (null, EventFault.TimeTooOld);
        var handle = dependencies.Keys.HandleHash(source, incoming.Programme, incoming.Handle);
        var key = PlatformKeys.EventKey(source, incoming.Id);
        return (new EventToAppend(handle, key, incoming.Time, day, incoming.Body), default);
    }
}

/// <summary>The services of <see cref="IntakeGrain"/>.</summary>
internal sealed record IntakeDependencies(
    ILedger Ledger, CurrentCatalogue Catalogue, NewestCatalogue Newest, PlatformKeys Keys, ProgrammeClock Clock,
    IOptions<IntakeOptions> Options);
