using System.Collections.Immutable;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Intake;

/// <summary>What reading a request of events gave: events, or why not.</summary>
/// <param name="Events">The events; empty when refused.</param>
/// <param name="Refusal">Why not.</param>
/// <param name="Missed">Whether a name was not in the catalogue, which may have changed since it was read.</param>
internal sealed record EventReadResult(ImmutableArray<IncomingEvent> Events, ProblemResult? Refusal, bool Missed);

/// <summary>One request of events, from bytes to events or a refusal.</summary>
internal sealed class EventRequestReader(IHeaderDictionary headers, EventMode mode, Caller caller, GatewayLimits limits)
{
    /// <summary>Reads the body against a catalogue.</summary>
    public EventReadResult Read(EventCatalogue catalogue, ReadOnlySpan<byte> body)
    {
        if (catalogue.Find(caller.Name) is not { } schema) return new([], new ProblemResult(Problem.SourceNotRegistered), Missed: true);
        if (!schema.Admits(caller.Clients)) return new([], NotItsClient(), Missed: true);

        var faults = NewFaults();
        var reader = new EventReader(schema, limits, faults);
        if (mode == EventMode.Binary) reader.ReadBinary(headers, body);
        else if (mode == EventMode.Batch) reader.ReadBatch(body);
        else reader.ReadStructured(body);

        if (reader.TooMany)
            return new([], TooMany(), Missed: false);
        return faults.Total > 0 ? new([], Refuse(faults), reader.Missed) : new(reader.Events, null, Missed: false);
    }

    /// <summary>Names what intake found at fault.</summary>
    public ProblemResult Refuse(ImmutableArray<EventRefusal> refusals)
    {
        var faults = NewFaults();
        foreach (var (index, fault) in refusals)
        {
            var (pointer, detail) = fault switch
            {
                EventFault.TimeInFuture => ("/time", "It lies in the future."),
                EventFault.TimeTooOld => ("/time", "It is longer ago than the programme takes events."),
                _ => ("/data/programme", "No such programme is published, or it does not take this type of event."),
            };
            faults.Add(index, pointer, detail);
        }

        return Refuse(faults);
    }

    private static ProblemResult Refuse(FaultList faults) =>
        new(Problem.EventsRefused) { Errors = faults.Named, ErrorsTotal = faults.Total };

    private static ProblemResult NotItsClient() => new(Problem.SourceNotRegistered)
    {
        Detail = "The token was given to a client that may not speak for the source.",
    };

    private ProblemResult TooMany() => new(Problem.TooLarge) { Detail = $"A batch has at most {limits.BatchEventsMax} events." };

    private FaultList NewFaults() => new(mode == EventMode.Batch, limits.ErrorsMax);
}

/// <summary>Marks the route whose body is CloudEvents, for the OpenAPI document.</summary>
internal sealed record CloudEventBodyMetadata;
