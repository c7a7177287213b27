using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Notices;

/// <summary>What happened with one's own subject, page by page or as it happens.</summary>
internal static class NoticeRoutes
{
    private const string FromStart = "start";

    public static void MapNotices(this IEndpointRouteBuilder me) =>
        me.MapGet("{p:programme}/{n:int:range(0,31)}/notices", Notices).WithName("readNotices")
            .WithSummary("Everything that happened, newest first, or live")
            .WithDescription(
                "Every entry of the subject, and every public act that concerns its programme or all programmes since its enrolment. "
                + "With `Accept: text/event-stream` they come as they happen (server-sent events), from now on, after `Last-Event-ID`, or all of "
                + "them with `from=start`; else a page in JSON.")
            .WithMetadata(new EventStreamRoute())
            .Refuses(400, 401, 403, 404, 429, 503);

    private static async Task<Results<Ok<NoticesPage>, NoticeStream, ProblemResult>> Notices(
        ProgrammeId p, int n, string? below, int? count, string? from, [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        HttpContext http, Caller caller, IGrainFactory grains, IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        var own = new OwnSubject(caller.Name, p, n);
        if (EventStream.IsAskedFor(http)) return Live(own, from, lastEventId);

        var size = count ?? limits.Value.NoticesCountDefault;
        if (size is < 1 or > NoticesPage.CountMax)
            return Malformed($"count lies from 1 to {NoticesPage.CountMax}.");
        NoticePlace? place = null;
        if (below is not null)
        {
            if (!NoticePlace.TryParse(below, out var parsed)) return Malformed("below is what the page before it gave.");
            place = parsed;
        }

        return await grains.GetGrain<INoticeGrain>(0).Read(own, place, size).WaitAsync(cancellationToken) switch
        {
            { Page: { } page } => TypedResults.Ok(page),
            { Refusal: NoticesRefusal.PlaceAhead } => Malformed("below lies ahead of everything there is."),
            _ => new ProblemResult(Problem.NotFound),
        };
    }

    /// <summary>What a client has had counts more than where it first began: it comes again under the same address.</summary>
    private static Results<Ok<NoticesPage>, NoticeStream, ProblemResult> Live(OwnSubject own, string? from, string? lastEventId)
    {
        if (from is not (null or FromStart)) return Malformed($"from is {FromStart}, or not there.");
        if (!string.IsNullOrEmpty(lastEventId))
        {
            return NoticePlace.TryParse(lastEventId, out var place)
                ? new NoticeStream(own, place)
                : Malformed("Last-Event-ID is the id of a notice.");
        }

        return new NoticeStream(own, from is null ? null : NoticePlace.Start);
    }

    private static ProblemResult Malformed(string detail) => new(Problem.MalformedRequest) { Detail = detail };
}
