using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Notices;

/// <summary>The route by which participants read the notices of a subject, page by page or live.</summary>
internal static class NoticeRoutes
{
    private const string FromStart = "start";

    public static void MapNotices(this IEndpointRouteBuilder me) =>
        me.MapGet("{p:programme}/{n:int:range(0,31)}/notices", Read).WithName("readNotices")
            .WithSummary("List everything that happened, newest first, or live")
            .WithDescription(
                "Lists every entry of the subject, and every public act since its enrolment that concerns its programme or all programmes. "
                + "With `Accept: text/event-stream` the notices are sent as they happen (server-sent events): from now on, after "
                + "`Last-Event-ID`, or from the first one with `from=start`. Otherwise the answer is a page in JSON.")
            .WithMetadata(new EventStreamRoute())
            .Refuses(400, 401, 403, 404, 429, 503);

    private static async Task<Results<Ok<NoticesPage>, NoticeStream, ProblemResult>> Read(
        ProgrammeId p, int n, string? below, int? count, string? from, [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        HttpContext http, Caller caller, IdempotentCalls calls, IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        var own = new OwnSubject(caller.Name, p, n);
        if (EventStream.IsRequested(http)) return OpenStream(own, from, lastEventId);

        var size = count ?? limits.Value.NoticesCountDefault;
        if (size is < 1 or > NoticesPage.CountMax)
            return Malformed($"count must be from 1 to {NoticesPage.CountMax}.");
        NoticePlace? place = null;
        if (below is not null)
        {
            if (!NoticePlace.TryParse(below, out var parsed)) return Malformed("below must be the value from the previous page.");
            place = parsed;
        }

        return await calls.Send((INoticeGrain grain) => grain.Read(own, place, size), cancellationToken) switch
        {
            { Page: { } page } => TypedResults.Ok(page),
            { Refusal: NoticesRefusal.PlaceAhead } => Malformed("below must not be ahead of the last notice."),
            _ => new ProblemResult(Problem.NotFound),
        };
    }

    /// <summary>
    /// Opens a stream. <c>Last-Event-ID</c> takes precedence over <c>from</c>, because a client reconnects with the same address.
    /// </summary>
    private static Results<Ok<NoticesPage>, NoticeStream, ProblemResult> OpenStream(OwnSubject own, string? from, string? lastEventId)
    {
        if (from is not (null or FromStart)) return Malformed($"from must be {FromStart} or absent.");
        if (!string.IsNullOrEmpty(lastEventId))
        {
            return NoticePlace.TryParse(lastEventId, out var place)
                ? new NoticeStream(own, place)
                : Malformed("Last-Event-ID must be the id of a notice.");
        }

        return new NoticeStream(own, from is null ? null : NoticePlace.Start);
    }

    private static ProblemResult Malformed(string detail) => new(Problem.MalformedRequest) { Detail = detail };
}
