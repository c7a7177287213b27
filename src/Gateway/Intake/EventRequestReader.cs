using System.Collections.Immutable;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Intake;

/// <summary>The events of a request, or its refusal.</summary>
/// <param name="Events">The events; empty when refused.</param>
/// <param name="Refusal">Why the request is refused; otherwise <see langword="null"/>.</param>
/// <param name="Missed">Whether the catalogue lacks a name of the request. The catalogue may have changed since it was read.</param>
internal sealed record EventReadResult(ImmutableArray<IncomingEvent> Events, ProblemResult? Refusal, bool Missed);

/// <summary>Reads one request with events from its bytes.</summary>
internal sealed class EventRequestReader(IHeaderDictionary headers, EventMode mode, Caller caller, GatewayLimits limits)
{
    /// <summary>Reads the body and checks it against a catalogue.</summary>
    public EventReadResult Read(EventCatalogue catalogue, ReadOnlySpan<byte> body)
    {
        if (catalogue.Find(caller.Name) is not { } schema) return new([], new ProblemResult(Problem.SourceNotRegistered), Missed: true);
        if (!schema.Admits(caller.Clients)) return new([], ClientNotAdmitted(), Missed: true);

        var faults = NewFaults();
        var reader = new EventReader(schema, limits, faults);
        if (mode == EventMode.Binary) reader.ReadBinary(headers, body);
        else if (mode == EventMode.Batch) reader.ReadBatch(body);
        else reader.ReadStructured(body);

        if (reader.TooMany) return new([], TooManyEvents(), Missed: false);
        return faults.Total > 0 ? new([], Refuse(faults), reader.Missed) : new(reader.Events, null, Missed: false);
    }

    /// <summary>Turns the refusals of the intake grain into faults.</summary>
    public ProblemResult Refuse(ImmutableArray<EventRefusal> refusals)
    {
        var faults = NewFaults();
        foreach (var (index, fault) in refusals)
        {
            var (pointer, detail) = fault switch
            {
                EventFault.TimeInFuture => ("/time", "It lies in the future."),
                EventFault.TimeTooOld => ("/time", "It is further in the past than the programme accepts events."),
                _ => ("/data/programme", FaultList.ProgrammeUnknown),
            };
            faults.Add(index, pointer, detail);
        }

        return Refuse(faults);
    }

    private static ProblemResult Refuse(FaultList faults) =>
        new(Problem.EventsRefused) { Errors = faults.Named, ErrorsTotal = faults.Total };

    private static ProblemResult ClientNotAdmitted() => new(Problem.SourceNotRegistered)
    {
        Detail = "The token was issued to a client that the source's registration does not list.",
    };

    private ProblemResult TooManyEvents() =>
        new(Problem.TooLarge) { Detail = $"A batch may have at most {limits.BatchEventsMax} events." };

    private FaultList NewFaults() => new(mode == EventMode.Batch, limits.ErrorsMax);
}

/// <summary>Marks the route whose body is CloudEvents for the OpenAPI document.</summary>
internal sealed record CloudEventBodyMetadata;
