using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Intake;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.WhatIf;

/// <summary>What an event would do to one's own score.</summary>
internal static class WhatIfRoutes
{
    public static void MapWhatIf(this IEndpointRouteBuilder me) =>
        me.MapPost("{p:programme}/{n:int:range(0,31)}/score/what-if", Ask).WithName("askWhatIf")
            .WithSummary("What an event would do to the score, without it")
            .WithDescription(
                "The event is made up: nothing is stored, and nobody sees the question. Its data is checked exactly like a sent event's, "
                + "with the same faults. `day` is today when absent, and may lie as far back as the programme takes events, not before "
                + "the enrolment.")
            .WithMetadata(new SmallBodyMetadata(), new HypotheticalEventBodyMetadata())
            .Refuses(400, 401, 403, 404, 408, 413, 415, 429, 503);

    private static async Task<Results<Ok<WhatIfAnswer>, ProblemResult>> Ask(
        ProgrammeId p, int n, HttpRequest request, Caller caller, CatalogueCache catalogues, IGrainFactory grains,
        IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        if (EventContent.IsCoded(request) || !EventContent.IsJson(request.ContentType ?? ""))
            return new ProblemResult(Problem.UnsupportedMediaType) { Detail = $"Send {EventContent.Json}; in UTF-8, uncompressed." };

        HypotheticalEvent? madeUp;
        ProblemResult? refusal;
        using (var body = await RequestBody.Read(request, limits.Value.SmallBodyBytesMax, cancellationToken))
        {
            (madeUp, refusal, var missed) = Read((await catalogues.Current(cancellationToken)).TakenBy(p), body.Span, limits.Value);
            if (missed && await catalogues.AfterMiss(cancellationToken) is { } renewed)
                (madeUp, refusal, _) = Read(renewed.TakenBy(p), body.Span, limits.Value);
        }

        if (madeUp is null) return refusal!;
        var outcome = await grains.GetGrain<IWhatIfGrain>(0).Ask(new(caller.Name, p, n), madeUp).WaitAsync(cancellationToken);
        return outcome switch
        {
            { Answer: { } answer } => TypedResults.Ok(answer),
            { Refusal: WhatIfRefusal.DayInFuture } => AtFault("/day", "It lies in the future."),
            { Refusal: WhatIfRefusal.DayTooOld } => AtFault("/day", "It is longer ago than the programme takes events."),
            { Refusal: WhatIfRefusal.DayBeforeEnrolment } => AtFault("/day", "It is before the enrolment."),
            { Refusal: WhatIfRefusal.TypeNotTaken } => AtFault("/type", "The programme does not take this type of event."),
            _ => new ProblemResult(Problem.NotFound),
        };
    }

    private static (HypotheticalEvent? Event, ProblemResult? Refusal, bool Missed) Read(
        FrozenDictionary<string, EventSchema>? types, ReadOnlySpan<byte> body, GatewayLimits limits)
    {
        if (types is null) return (null, new ProblemResult(Problem.NotFound), true);
        var faults = new FaultList(inBatch: false, limits.ErrorsMax);
        var reader = new HypotheticalEventReader(types, limits, faults);
        var read = reader.Read(body);
        return (read, new ProblemResult(Problem.EventsRefused) { Errors = faults.Named, ErrorsTotal = faults.Total }, reader.Missed);
    }

    private static ProblemResult AtFault(string pointer, string detail) =>
        new(Problem.EventsRefused) { Errors = [new Fault(0, pointer, detail)], ErrorsTotal = 1 };
}

/// <summary>Marks the route whose body is a made-up event, for the OpenAPI document.</summary>
internal sealed record HypotheticalEventBodyMetadata;
