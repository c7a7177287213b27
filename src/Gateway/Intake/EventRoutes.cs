using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;
using Scoring.Ticks;

namespace Scoring.Intake;

/// <summary>Where sources send events.</summary>
internal static class EventRoutes
{
    public static void MapEvents(this IEndpointRouteBuilder app) =>
        Caller.For(app.MapPost("/v1/events", Post), Roles.Source).WithName("sendEvents").WithTags("Events")
            .WithSummary("Send CloudEvents")
            .WithDescription(
                "One event (structured or binary) or a batch. Taken or refused whole: 202 means that everything in it that counts is "
                + "durable. The same event may be sent again; the first stands. An event about somebody who is not enrolled is answered "
                + "exactly like any other.")
            .WithMetadata(new CloudEventBodyMetadata())
            .Refuses(400, 401, 403, 408, 413, 415, 429, 503);

    private static async Task<Results<Accepted, ProblemResult>> Post(
        HttpContext http, Caller caller, CatalogueCache catalogues, IGrainFactory grains, ResponseTicks ticks,
        IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        var mode = EventContent.ModeOf(http.Request);
        if (mode == EventMode.None)
            return new ProblemResult(Problem.UnsupportedMediaType) { Detail = EventContent.Taken };

        var request = new EventRequestReader(http.Request.Headers, mode, caller, limits.Value);
        EventReadResult reading;
        using (var body = await RequestBody.Read(http.Request, limits.Value.BodyBytesMax, cancellationToken))
        {
            reading = request.Read(await catalogues.Current(cancellationToken), body.Span);
            if (reading.Missed && await catalogues.AfterMiss(cancellationToken) is { } renewed) reading = request.Read(renewed, body.Span);
        }

        if (reading.Refusal is { } refusal) return refusal;
        if (reading.Events.IsEmpty) // an empty batch is a valid one
        {
            await ticks.Events.Next();
            return TypedResults.Accepted((string?)null);
        }

        var batch = new EventBatch(caller.Name, reading.Events);
        var outcome = await ticks.Events.Leave(grains.GetGrain<IIntakeGrain>(0).Append(batch), cancellationToken);
        if (outcome.RetryAfter is { } wait) return new ProblemResult(Problem.Unavailable) { RetryAfter = wait };
        return outcome.Refusals.IsEmpty ? TypedResults.Accepted((string?)null) : request.Refuse(outcome.Refusals);
    }
}
