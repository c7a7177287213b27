using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Intake;

/// <summary>
/// The route by which anyone checks an event against the public catalogue. It looks nothing up about a handle and stores nothing, so it
/// cannot tell who is enrolled.
/// </summary>
internal static class EventValidationRoutes
{
    public static void MapEventValidation(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/events/validation", Validate).WithName("validateEvent").WithTags("Events").AllowAnonymous()
            .WithSummary("Check one CloudEvent without sending it")
            .WithDescription(
                "The event is in JSON (structured mode) and names a registered source. It is checked as `sendEvents` checks it, with the "
                + "same errors, and then forgotten. Whether its time is too old or in the future shows only when it is sent.")
            .WithMetadata(new SmallBodyMetadata(), new CloudEventBodyMetadata(IsOne: true))
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(400, 403, 408, 413, 415, 429, 503);

    private static async Task<Results<NoContent, ProblemResult>> Validate(
        HttpRequest request, CatalogueCache catalogues, IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        if (EventContent.ModeOf(request) != EventMode.Structured)
            return new ProblemResult(Problem.UnsupportedMediaType) { Detail = "The event must be application/cloudevents+json." };
        using var body = await RequestBody.Read(request, limits.Value.SmallBodyBytesMax, cancellationToken);
        var reading = Read(await catalogues.Current(cancellationToken), body.Span, limits.Value);
        if (reading.Missed) reading = Read(await catalogues.AfterMiss(cancellationToken), body.Span, limits.Value);
        return reading.Refusal is { } refusal ? refusal : TypedResults.NoContent();
    }

    private static EventReadResult Read(EventCatalogue catalogue, ReadOnlySpan<byte> body, GatewayLimits limits)
    {
        var faults = new FaultList(inBatch: false, limits.ErrorsMax);
        var source = SourceOf(body, limits);
        var schema = source is null ? SourceSchema.None : catalogue.Find(source);
        if (schema is null) return new([], new ProblemResult(Problem.SourceNotRegistered), Missed: true);
        using var buffers = new TextBuffers(limits.AttributeBytesMax);
        var reader = new EventReader(schema, limits, faults, buffers); // an event without a source has a fault, which every schema finds
        reader.ReadStructured(body);
        var refusal = new ProblemResult(Problem.EventsRefused) { Errors = faults.Named, ErrorsTotal = faults.Total };
        return faults.Total > 0 ? new([], refusal, reader.Missed) : new(reader.Events, null, Missed: false);
    }

    /// <summary>
    /// The text of the first member <c>source</c>; <see langword="null"/> when there is none or the JSON is broken before it.
    /// </summary>
    private static string? SourceOf(ReadOnlySpan<byte> body, GatewayLimits limits)
    {
        if (JsonText.EncodingFault(body) is not null) return null;
        var reader = new Utf8JsonReader(body, new() { MaxDepth = limits.JsonDepthMax });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isSource = reader.ValueTextEquals("source"u8);
                reader.Read();
                if (isSource) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader of events says what is wrong; a text with half a surrogate pair is an InvalidOperationException.
        }
        return null;
    }
}
