using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
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
        HttpContext http, Caller caller, CatalogueCache catalogues, IGrainFactory grains, ResponseTicks ticks,
        IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        var mode = EventContent.ModeOf(http.Request);
        if (mode == EventMode.None)
            return new ProblemResult(Problem.UnsupportedMediaType) { Detail = EventContent.Accepted };

        var reader = new EventRequestReader(http.Request.Headers, mode, caller, limits.Value);
        EventReadResult reading;
        using (var body = await RequestBody.Read(http.Request, limits.Value.BodyBytesMax, cancellationToken))
        {
            reading = reader.Read(await catalogues.Current(cancellationToken), body.Span);
            if (reading.Missed && await catalogues.AfterMiss(cancellationToken) is { } renewed) reading = reader.Read(renewed, body.Span);
        }

        if (reading.Refusal is { } refusal) return refusal;
        if (reading.Events.IsEmpty) // an empty batch is valid
        {
            await ticks.Events.Next();
            return TypedResults.Accepted((string?)null);
        }

        var batch = new EventBatch(caller.Name, reading.Events);
        var outcome = await ticks.Events.Leave(grains.GetGrain<IIntakeGrain>(0).Append(batch), cancellationToken);
        if (outcome.RetryAfter is { } delay) return new ProblemResult(Problem.Unavailable) { RetryAfter = delay };
        return outcome.Refusals.IsEmpty ? TypedResults.Accepted((string?)null) : reader.Refuse(outcome.Refusals);
    }
}
