using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Intake;

/// <summary>Where sources' events enter. A reentrant stateless worker with key 0; it keeps nothing.</summary>
[Alias("scoring.IIntakeGrain"), GrainInterfaceType("intake")]
public interface IIntakeGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Appends a batch to the ledger: taken or refused whole. When it returns accepted, everything in it that counts is durable.
    /// Events about whoever is not enrolled, and keys already known, are passed over without a trace.
    /// </summary>
    [Alias("Append")]
    Task<IntakeOutcome> Append(EventBatch batch);
}

/// <summary>Events of one source that the gateway has checked for shape and type.</summary>
/// <param name="Source">The source's registered id, from its token.</param>
/// <param name="Events">1 up to the gateway's batch limit.</param>
[GenerateSerializer, Immutable, Alias("scoring.event-batch")]
public sealed record EventBatch(string Source, ImmutableArray<IncomingEvent> Events);

/// <summary>One event.</summary>
/// <param name="Id">The CloudEvents id; with the source it makes the entry's key.</param>
/// <param name="Programme">A published programme.</param>
/// <param name="Handle">By which the source names the subject there.</param>
/// <param name="Time">When it happened. Only its day in the programme's zone is kept.</param>
/// <param name="Body">The entry's body in canonical JSON: <c>{"data":{…},"source":"…","type":"…"}</c>.</param>
[GenerateSerializer, Immutable, Alias("scoring.incoming-event")]
public sealed record IncomingEvent(string Id, ProgrammeId Programme, string Handle, DateTimeOffset Time, byte[] Body);

/// <summary>What became of a batch. Refusals and retry depend on the request alone, never on who is enrolled.</summary>
/// <param name="Refusals">Why nothing was taken, an element an event at fault; empty when taken.</param>
/// <param name="RetryAfter">Set when the platform is past its limits: nothing was taken for certain, send the batch again.</param>
[GenerateSerializer, Immutable, Alias("scoring.intake-outcome")]
public sealed record IntakeOutcome(ImmutableArray<EventRefusal> Refusals, TimeSpan? RetryAfter)
{
    /// <summary>Everything taken.</summary>
    public static IntakeOutcome Accepted { get; } = new([], null);
}

/// <summary>One event at fault.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Fault">What is wrong.</param>
[GenerateSerializer, Immutable, Alias("scoring.event-refusal")]
public sealed record EventRefusal(int Index, EventFault Fault);

/// <summary>What only intake can tell is wrong with an event.</summary>
public enum EventFault
{
    /// <summary>Its instant lies more than the allowed skew (5 minutes) in the future.</summary>
    TimeInFuture = 1,

    /// <summary>Its instant is older than the programme's lateness.</summary>
    TimeTooOld = 2,

    /// <summary>The programme is not (or no longer) published, or does not take the event's type.</summary>
    ProgrammeUnknown = 3,
}
