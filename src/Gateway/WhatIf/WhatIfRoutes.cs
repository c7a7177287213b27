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
            .WithMetadata(new SmallBody(), new MadeUpEventBody())
            .Refuses(400, 401, 403, 404, 408, 413, 415, 429, 503);

    private static async Task<Results<Ok<WhatIfAnswer>, Refused>> Ask(
        ProgrammeId p, int n, HttpRequest request, Caller caller, CatalogueCache catalogues, IGrainFactory grains,
        IOptions<GatewayLimits> limits, CancellationToken cancellation)
    {
        if (EventContent.IsCoded(request) || !EventContent.IsJson(request.ContentType ?? ""))
            return new Refused(Problem.UnsupportedMediaType) { Detail = $"Send {EventContent.Json}; in UTF-8, uncompressed." };

        MadeUpEvent? madeUp;
        Refused? refusal;
        using (var body = await BodyBytes.Read(request, limits.Value.SmallBodyBytesMax, cancellation))
        {
            (madeUp, refusal, var missed) = Read((await catalogues.Current(cancellation)).TakenBy(p), body.Span, limits.Value);
            if (missed && await catalogues.AfterMiss(cancellation) is { } renewed)
                (madeUp, refusal, _) = Read(renewed.TakenBy(p), body.Span, limits.Value);
        }

        if (madeUp is null) return refusal!;
        var outcome = await grains.GetGrain<IWhatIfGrain>(0).Ask(new(caller.Name, p, n), madeUp).WaitAsync(cancellation);
        return outcome switch
        {
            { Answer: { } answer } => TypedResults.Ok(answer),
            { Refusal: WhatIfRefusal.DayInFuture } => AtFault("/day", "It lies in the future."),
            { Refusal: WhatIfRefusal.DayTooOld } => AtFault("/day", "It is longer ago than the programme takes events."),
            { Refusal: WhatIfRefusal.DayBeforeEnrolment } => AtFault("/day", "It is before the enrolment."),
            { Refusal: WhatIfRefusal.TypeNotTaken } => AtFault("/type", "The programme does not take this type of event."),
            _ => new Refused(Problem.NotFound),
        };
    }

    private static (MadeUpEvent? Event, Refused? Refusal, bool Missed) Read(
        FrozenDictionary<string, EventSchema>? types, ReadOnlySpan<byte> body, GatewayLimits limits)
    {
        if (types is null) return (null, new Refused(Problem.NotFound), true);
        var faults = new FaultList(inBatch: false, limits.ErrorsMax);
        var reader = new MadeUpEventReader(types, limits, faults);
        var read = reader.Read(body);
        return (read, new Refused(Problem.EventsRefused) { Errors = faults.Named, ErrorsTotal = faults.Total }, reader.Missed);
    }

    private static Refused AtFault(string pointer, string detail) =>
        new(Problem.EventsRefused) { Errors = [new Fault(0, pointer, detail)], ErrorsTotal = 1 };
}

/// <summary>Marks the route whose body is a made-up event, for the OpenAPI document.</summary>
internal sealed record MadeUpEventBody;
