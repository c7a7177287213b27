using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Intake;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.WhatIf;

/// <summary>The route by which a participant tries what an event would do to their own score.</summary>
internal static class WhatIfRoutes
{
    public static void MapWhatIf(this IEndpointRouteBuilder me) =>
        me.MapPost("{p:programme}/{n:int:range(0,31)}/score/what-if", Try).WithName("askWhatIf")
            .WithSummary("Try what an event would do to the score")
            .WithDescription(
                "The event is hypothetical: nothing is stored, and no one else sees the request. The data is checked like that of a sent "
                + "event, with the same errors. `day` is today when absent. It may be as far in the past as the programme accepts events, "
                + "but not before the enrolment.")
            .WithMetadata(new SmallBodyMetadata(), new HypotheticalEventBodyMetadata())
            .Refuses(400, 401, 403, 404, 408, 409, 413, 415, 429, 503);

    private static async Task<Results<Ok<WhatIfAnswer>, ProblemResult>> Try(
        ProgrammeId p, int n, HttpRequest request, Caller caller, CatalogueCache catalogues, IdempotentCalls calls,
        IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        if (EventContent.IsCoded(request) || !EventContent.IsJson(request.ContentType ?? ""))
            return new ProblemResult(Problem.UnsupportedMediaType) { Detail = EventContent.AcceptedJson };

        HypotheticalEvent? hypothetical;
        ProblemResult? refusal;
        using (var body = await RequestBody.Read(request, limits.Value.SmallBodyBytesMax, cancellationToken))
        {
            (hypothetical, refusal, var missed) =
                Read((await catalogues.Current(cancellationToken)).AcceptedBy(p), body.Span, limits.Value);
            if (missed)
                (hypothetical, refusal, _) = Read((await catalogues.AfterMiss(cancellationToken)).AcceptedBy(p), body.Span, limits.Value);
        }

        if (hypothetical is null) return refusal!;
        var outcome = await calls.Send((IWhatIfGrain grain) => grain.Ask(new(caller.Name, p, n), hypothetical), cancellationToken);
        return outcome switch
        {
            { Answer: { } answer } => TypedResults.Ok(answer),
            { Refusal: WhatIfRefusal.DayInFuture } => Refuse("/day", "It lies in the future."),
            { Refusal: WhatIfRefusal.DayTooOld } => Refuse("/day", "It is further in the past than the programme accepts events."),
            { Refusal: WhatIfRefusal.DayBeforeEnrolment } => Refuse("/day", "It is before the enrolment."),
            { Refusal: WhatIfRefusal.TypeNotTaken } => Refuse("/type", HypotheticalEventReader.TypeNotAccepted),
            _ => new ProblemResult(Problem.NotFound),
        };
    }

    private static (HypotheticalEvent? Event, ProblemResult? Refusal, bool Missed) Read(
        FrozenDictionary<string, EventSchema>? types, ReadOnlySpan<byte> body, GatewayLimits limits)
    {
        if (types is null) return (null, new ProblemResult(Problem.NotFound), true);
        var faults = new FaultList(inBatch: false, limits.ErrorsMax);
        using var buffers = new TextBuffers(limits.AttributeBytesMax);
        var reader = new HypotheticalEventReader(types, limits, faults, buffers);
        var hypothetical = reader.Read(body);
        return (hypothetical, new ProblemResult(Problem.EventsRefused)
            { Errors = faults.Named, ErrorsTotal = faults.Total }, reader.Missed);
    }

    private static ProblemResult Refuse(string pointer, string detail) =>
        new(Problem.EventsRefused) { Errors = [new Fault(0, pointer, detail)], ErrorsTotal = 1 };
}

/// <summary>Marks the route whose body is a hypothetical event for the OpenAPI document.</summary>
internal sealed record HypotheticalEventBodyMetadata;
