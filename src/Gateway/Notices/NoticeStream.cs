using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Health;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Notices;

/// <summary>
/// Streams the live notices of one subject, read by one long poll after another. The stream ends when the access token expires, after
/// <see cref="GatewayLimits.NoticeSecondsMax"/>, when the process stops and when the platform is out of reach. The client then reconnects
/// and continues where it stopped. When the subject has withdrawn, the stream says so in its last event.
/// </summary>
internal sealed partial class NoticeStream(OwnSubject own, NoticePlace? after) : IResult
{
    private const int RunMax = NoticesPage.CountMax;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var (lease, refusal) = services.GetRequiredService<NoticeStreamLimiter>().Open(own.Participant);
        using var held = lease;
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(httpContext);
            return;
        }

        var key = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<INoticeStreamGrain>(key);
        var from = after is { } place ? new NoticeCursor(place, null) : null;
        if (await grain.After(own, from, RunMax, waits: false, httpContext.RequestAborted) is not { } first)
        {
            await new ProblemResult(Problem.NotFound).ExecuteAsync(httpContext);
            return;
        }

        httpContext.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        EventStream.Begin(httpContext.Response);
        if (ReferenceEquals(httpContext.Response.Body, Stream.Null)) return; // a HEAD request gets no stream
        await Run(httpContext, grain, first);
    }

    private async Task Run(HttpContext context, INoticeStreamGrain grain, NoticeRun first)
    {
        var services = context.RequestServices;
        var limits = services.GetRequiredService<IOptions<GatewayLimits>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        using var lifetime = new CancellationTokenSource(Lifetime(context, limits, time), time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            lifetime.Token, context.RequestAborted, services.GetRequiredService<Drain>().Over);
        try
        {
            var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            await Send(grain, first, new EventStream(context.Response, json), limits, time, end.Token);
        }
        catch (Exception exception) when (end.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The stream reached its end, or the client closed the connection.
        }
        catch (Exception exception)
        {
            // The answer has begun, so it can only end. The exception's message is not logged: it may contain data of the request.
            var log = services.GetRequiredService<ILogger<NoticeStream>>();
            if (UnhandledExceptionHandler.IsUnavailability(exception)) LogEnded(log, exception.GetType().Name);
            else LogFailed(log, exception.GetType().Name, exception.StackTrace);
        }
    }

    private async Task Send(
        INoticeStreamGrain grain, NoticeRun first, EventStream stream, GatewayLimits limits, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var from = after ?? first.At;
        stream.WriteOpening(limits.NoticeRetryMs, (first.Restarts ? first.At : from).ToString());
        for (var run = first; ;)
        {
            if (run.Restarts) stream.WriteMarker("restarted", run.At.ToString());
            foreach (var notice in run.Notices) stream.WriteNotice(notice);
            await stream.Flush(cancellationToken);

            var next = grain.After(own, new NoticeCursor(run.At, run.Enrolment), RunMax, waits: true, cancellationToken);
            await SendHeartbeatsUntil(next, stream, limits, time, cancellationToken);
            if (await next is not { } more) break;
            run = more;
        }

        stream.WriteMarker("withdrawn", id: null);
        await stream.Flush(cancellationToken);
    }

    private static async Task SendHeartbeatsUntil(
        Task<NoticeRun?> next, EventStream stream, GatewayLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!next.IsCompleted)
        {
            using var pauseEnd = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pause = Task.Delay(TimeSpan.FromSeconds(limits.NoticeHeartbeatSeconds), time, pauseEnd.Token);
            if (await Task.WhenAny(next, pause) == next)
            {
                await pauseEnd.CancelAsync();
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            stream.WriteHeartbeat();
            await stream.Flush(cancellationToken);
        }
    }

    /// <summary>The stream's maximum duration, or the remaining lifetime of the token that opened it, whichever is shorter.</summary>
    private static TimeSpan Lifetime(HttpContext context, GatewayLimits limits, TimeProvider time)
    {
        var max = TimeSpan.FromSeconds(limits.NoticeSecondsMax);
        var skew = context.RequestServices.GetRequiredService<IOptions<TokenOptions>>().Value.ClockSkewSeconds;
        var expires = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        if (expires is not { } at) throw new InvalidOperationException("The access token has no expiry.");
        var left = at.AddSeconds(skew) - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < max ? left : max;
    }

    [LoggerMessage(4101, LogLevel.Warning, "A stream of notices ended early because the platform is not available: {Kind}")]
    private static partial void LogEnded(ILogger logger, string kind);

    [LoggerMessage(4102, LogLevel.Error, "A stream of notices failed with an unexpected exception: {Kind} {Trace}")]
    private static partial void LogFailed(ILogger logger, string kind, string? trace);
}
