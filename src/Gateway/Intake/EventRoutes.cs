using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;
using Scoring.Ticks;

namespace Scoring.Intake;

/// <summary>The route by which sources send events.</summary>
internal static class EventRoutes
{
    public static void MapEvents(this IEndpointRouteBuilder app) =>
        Caller.For(app.MapPost("/v1/events", Send), Roles.Source).WithName("sendEvents").WithTags("Events")
            .WithSummary("Send CloudEvents")
            .WithDescription(
                "Send one event (structured or binary) or a batch. A request is accepted or refused as a whole: 202 means that every event "
                + "about an enrolled subject is durable. An event may be sent again; the first one counts. An event about an unenrolled "
                + "subject gets exactly the same answer.")
            .WithMetadata(new CloudEventBodyMetadata())
            .Refuses(400, 401, 403, 408, 413, 415, 429, 503);

    private static async Task<Results<Accepted, ProblemResult>> Send(
        HttpContext http, Caller caller, CatalogueCache catalogues, IdempotentCalls calls, ResponseTicks ticks,
        IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        var mode = EventContent.ModeOf(http.Request);
        if (mode == EventMode.None)
            return new ProblemResult(Problem.UnsupportedMediaType) { Detail = EventContent.Accepted };

        var reader = new EventRequestReader(http.Request.Headers, mode, caller, limits.Value);
        EventReadResult reading;
        long arrivedAt;
        using (var body = await RequestBody.Read(http.Request, limits.Value.BodyBytesMax, cancellationToken))
        {
            arrivedAt = ticks.Arrival();
            reading = reader.Read(await catalogues.Current(cancellationToken), body.Span);
            if (reading.Missed) reading = reader.Read(await catalogues.AfterMiss(cancellationToken), body.Span);
        }

        if (reading.Refusal is { } refusal) return refusal;
        if (reading.Events.IsEmpty) return TypedResults.Accepted((string?)null); // an empty batch is valid

        var batch = new EventBatch(caller.Name, reading.Events);
        var outcome = await ticks.Leave(
            reading.Events.Length, arrivedAt, () => calls.Send((IIntakeGrain intake) => intake.Append(batch), cancellationToken),
            cancellationToken);
        if (outcome.RetryAfter is { } delay) return new ProblemResult(Problem.Unavailable) { RetryAfter = delay };
        return outcome.Refusals.IsEmpty ? TypedResults.Accepted((string?)null) : reader.Refuse(outcome.Refusals);
    }
}

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
        using var buffers = new TextBuffers(limits.AttributeBytesMax);
        var reader = new EventReader(schema, limits, faults, buffers);
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

/// <summary>Marks a route whose body is CloudEvents for the OpenAPI document.</summary>
/// <param name="IsOne">Whether the body is one event in structured mode.</param>
internal sealed record CloudEventBodyMetadata(bool IsOne = false);
