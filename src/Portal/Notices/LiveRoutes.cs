using Microsoft.AspNetCore.Authorization;
using Scoring.Client;
using Scoring.SignIn;

namespace Scoring.Notices;

/// <summary>Tells an open page that something is new, so that its script reads the page again.</summary>
internal static class LiveRoutes
{
    public static void MapLive(this IEndpointRouteBuilder app) =>
        app.MapGet("/my/{programme}/{ordinal:int:range(0,31)}" + LiveRequest.PathEnd, Open)
            .RequireAuthorization(new AuthorizeAttribute { Roles = SignInRoles.Participant });

    private static async Task Open(
        string programme, int ordinal, HttpContext context, ScoringClient client, LiveStreams streams, LiveRelay relay,
        string? after)
    {
        var subject = client.Subjects.Of(programme, ordinal);
        await subject.Find(context.RequestAborted); // a stranger's subject is a page that does not exist
        var writer = new LiveWriter(context.Response);
        using var place = streams.TryOpen();
        if (place is null)
        {
            await writer.Begin(context.RequestAborted);
            await writer.Busy(context.RequestAborted);
            return;
        }
        var reached = context.Request.Headers["Last-Event-ID"].ToString();
        if (!TimelineReader.IsPlace(reached)) reached = TimelineReader.IsPlace(after) ? after : null;
        await relay.Run(subject, reached, writer, context.RequestAborted);
    }
}
