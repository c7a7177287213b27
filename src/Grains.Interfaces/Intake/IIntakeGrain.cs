using System.Collections.Immutable;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Intake;

/// <summary>Takes sources' events in. A reentrant stateless worker with key 0; it keeps no state.</summary>
[Alias("scoring.IIntakeGrain"), GrainInterfaceType("intake")]
public interface IIntakeGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Appends a batch to the ledger, or refuses it as a whole. When it returns <see cref="IntakeOutcome.Accepted"/>, every event of the
    /// batch that counts is durable. Events about an unenrolled subject, and events whose keys are known, leave no trace.
    /// </summary>
    /// <param name="batch">The events.</param>
    /// <exception cref="Scores.RuleBookStaleException">The silo has no catalogue yet.</exception>
    [Alias("Append"), AnySilo]
    Task<IntakeOutcome> Append(EventBatch batch);
}

/// <summary>Events of one source whose shape and types the gateway has checked.</summary>
/// <param name="Source">The source's registered id, from its token.</param>
/// <param name="Events">The events, 1 up to the gateway's batch limit.</param>
[GenerateSerializer, Immutable, Alias("scoring.event-batch")]
public sealed record EventBatch(string Source, ImmutableArray<IncomingEvent> Events);

/// <summary>One event.</summary>
/// <param name="Id">The CloudEvents id. Source and id make the entry's key.</param>
/// <param name="Programme">A published programme.</param>
/// <param name="Handle">The token by which the source names the subject in the programme.</param>
/// <param name="Time">The instant of the event. The platform stores only its day in the programme's zone.</param>
/// <param name="Body">The entry's body in canonical JSON: <c>{"data":{…},"source":"…","type":"…"}</c>.</param>
[GenerateSerializer, Immutable, Alias("scoring.incoming-event")]
public sealed record IncomingEvent(string Id, ProgrammeId Programme, string Handle, DateTimeOffset Time, byte[] Body)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(IncomingEvent);
}

/// <summary>The outcome of a batch. It depends on the request and the platform's load alone, never on who is enrolled.</summary>
/// <param name="Refusals">Why the batch was refused, one element for each event at fault; empty when it was not.</param>
/// <param name="RetryAfter">
/// Set when the platform is past its limits. No event of the batch is confirmed, so the source sends the batch again after this time.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.intake-outcome")]
public sealed record IntakeOutcome(ImmutableArray<EventRefusal> Refusals, TimeSpan? RetryAfter)
{
    /// <summary>The outcome of an accepted batch.</summary>
    public static IntakeOutcome Accepted { get; } = new([], null);
}

/// <summary>One event at fault.</summary>
/// <param name="Index">Its index in the batch, from 0.</param>
/// <param name="Fault">What is wrong.</param>
[GenerateSerializer, Immutable, Alias("scoring.event-refusal")]
public sealed record EventRefusal(int Index, EventFault Fault);

/// <summary>The faults of an event that only intake finds.</summary>
public enum EventFault
{
    /// <summary>Its instant is further in the future than the allowed skew (default 300 seconds).</summary>
    TimeInFuture = 1,

    /// <summary>Its instant is older than the programme's lateness.</summary>
    TimeTooOld = 2,

    /// <summary>The programme is not published, or no longer, or does not take the event's type.</summary>
    ProgrammeUnknown = 3,
}
