using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Notices;

/// <summary>
/// Live notices of one subject: what one long poll after the other brings. It ends with the access token, after its bound of time, when
/// the process stops and when the platform is out of reach; the client then comes again and goes on where it stopped. When the subject has
/// left, it says so and ends for good.
/// </summary>
internal sealed partial class NoticeStream(OwnSubject own, NoticePlace? after) : IResult
{
    private const int RunMax = NoticesPage.CountMax;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var (place, refusal) = services.GetRequiredService<NoticeStreamLimiter>().Open(own.Participant);
        using var held = place;
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(httpContext);
            return;
        }

        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<INoticeGrain>(0);
        var from = after is { } known ? new NoticeCursor(known, null) : null;
        if (await grain.After(own, from, RunMax, waits: false, httpContext.RequestAborted) is not { } first)
        {
            await new ProblemResult(Problem.NotFound).ExecuteAsync(httpContext);
            return;
        }

        httpContext.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        EventStream.Begin(httpContext.Response);
        if (ReferenceEquals(httpContext.Response.Body, Stream.Null)) return; // it was HEAD that came
        var limits = services.GetRequiredService<IOptions<GatewayLimits>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        using var bound = new CancellationTokenSource(Lifetime(httpContext, limits, time), time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            bound.Token, httpContext.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            var form = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            await Tell(grain, first, new EventStream(httpContext.Response, form), limits, time, end.Token);
        }
        catch (Exception exception) when (end.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // Its time was over, or nobody listens any more.
        }
        catch (Exception exception)
        {
            // The answer has begun, so it can only end. No text of an exception is logged: it may hold what the request held.
            var log = services.GetRequiredService<ILogger<NoticeStream>>();
            if (UnhandledExceptionHandler.IsUnavailability(exception)) LogEnded(log, exception.GetType().Name);
            else LogSurprise(log, exception.GetType().Name, exception.StackTrace);
        }
    }

    private async Task Tell(
        INoticeGrain grain, NoticeRun first, EventStream stream, GatewayLimits limits, TimeProvider time, CancellationToken end)
    {
        var from = after ?? first.At;
        stream.Opening(limits.NoticeRetryMs, (first.Restarts ? first.At : from).ToString());
        for (var run = first; ;)
        {
            if (run.Restarts) stream.Word("restarted", run.At.ToString());
            foreach (var notice in run.Notices) stream.Notice(notice);
            await stream.Flush(end);

            var next = grain.After(own, new NoticeCursor(run.At, run.Enrolment), RunMax, waits: true, end);
            while (!next.IsCompleted)
            {
                using var beat = CancellationTokenSource.CreateLinkedTokenSource(end);
                var pause = Task.Delay(TimeSpan.FromSeconds(limits.NoticeHeartbeatSeconds), time, beat.Token);
                if (await Task.WhenAny(next, pause) == next)
                {
                    await beat.CancelAsync();
                    break;
                }

                end.ThrowIfCancellationRequested();
                stream.Heartbeat();
                await stream.Flush(end);
            }

            if (await next is not { } more) break;
            run = more;
        }

        stream.Word("withdrawn", id: null);
        await stream.Flush(end);
    }

    /// <summary>Its own bound, or the end of the token that opened it, whichever comes first.</summary>
    private static TimeSpan Lifetime(HttpContext context, GatewayLimits limits, TimeProvider time)
    {
        var bound = TimeSpan.FromSeconds(limits.NoticeSecondsMax);
        var skew = context.RequestServices.GetRequiredService<IOptions<TokenOptions>>().Value.ClockSkewSeconds;
        var expires = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        if (expires is not { } at) throw new InvalidOperationException("A token without an end.");
        var left = at.AddSeconds(skew) - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < bound ? left : bound;
    }

    [LoggerMessage(1, LogLevel.Warning, "A stream of notices ended early, the platform is not available: {Kind}")]
    private static partial void LogEnded(ILogger logger, string kind);

    [LoggerMessage(2, LogLevel.Error, "A stream of notices ended in a surprise: {Kind} {Trace}")]
    private static partial void LogSurprise(ILogger logger, string kind, string? trace);
}
