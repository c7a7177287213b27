using Scoring.Client;
using Scoring.Health;
using Scoring.Hosting;
using Scoring.SignIn;

namespace Scoring.Notices;

/// <summary>Relays the notices of one subject to one page, until the page, the session, the subject or the process ends.</summary>
internal sealed class LiveRelay(
    CurrentSession session, PortalOptions options, TimeProvider time, Drain drain)
{
    /// <summary>Relays what comes after a place.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="after">The place that the page has reached; <see langword="null"/> for that of now.</param>
    /// <param name="writer">Writes to the page.</param>
    /// <param name="cancellationToken">Fires when the page has gone.</param>
    public async Task Run(SubjectClient subject, string? after, LiveWriter writer, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, drain.Over);
        try
        {
            await writer.Begin(end.Token);
            after ??= (await subject.ReadNotices(count: 1, cancellationToken: end.Token)).Notices.FirstOrDefault()?.Id;
            after ??= LiveNotice.Beginning;
            await writer.Ready(after, end.Token);
            await Relay(subject.Listen(after, end.Token), writer, end);
        }
        catch (Exception exception) when (end.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The page has gone, or the process stops.
        }
        catch (Exception exception)
            when (exception is SessionOverException or ScoringProblemException { Kind: ProblemKinds.Unauthenticated })
        {
            // The page asks again, and is told that the session is over.
        }
        catch (ScoringProblemException exception) when (exception.Kind == ProblemKinds.NotFound)
        {
            await writer.Withdrawn(cancellationToken);
        }
        catch (Exception exception) when (exception is ScoringProblemException or HttpRequestException or TimeoutException)
        {
            await writer.Busy(cancellationToken);
        }
    }

    private async Task Relay(IAsyncEnumerable<LiveNotice> notices, LiveWriter writer, CancellationTokenSource end)
    {
        await using var next = notices.GetAsyncEnumerator(end.Token);
        var moving = next.MoveNextAsync().AsTask();
        try
        {
            while (session.Value is not null)
            {
                if (await Task.WhenAny(moving, Pause(end.Token)) != moving)
                {
                    await writer.Heartbeat(end.Token);
                    continue;
                }
                if (!await moving) return;
                if (next.Current.Kind == LiveNotice.Withdrawn)
                {
                    await writer.Withdrawn(end.Token);
                    return;
                }
                await writer.Notice(next.Current.Id, end.Token);
                moving = next.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // An enumerator that still moves cannot be disposed of.
            await end.CancelAsync();
            await Task.WhenAny(moving);
        }
    }

    private Task Pause(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromSeconds(options.LiveHeartbeatSeconds), time, cancellationToken);
}
