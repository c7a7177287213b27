using System.Net;
using Microsoft.Extensions.Logging;
using Scoring.Bridge.Health;
using Scoring.Bridge.Messages;
using Scoring.Bridge.Tokens;
using Scoring.Client;

namespace Scoring.Bridge.Carriage;

/// <summary>
/// Settles batches: each event is with the platform or is a dead letter afterwards. A batch that the platform has not decided is sent again
/// until it has, because the platform knows an event by source and id and counts it once.
/// </summary>
internal sealed partial class BatchSender(EventsClient events, Pace pace, BridgeMetrics metrics, ILogger<BatchSender> log)
{
    private volatile string _why = "";

    /// <summary>Takes batches and settles them, one after the other, until it is cancelled.</summary>
    /// <param name="buffer">Where batches come from.</param>
    /// <param name="deadline">Cancels what is under way; nothing of it is settled then.</param>
    /// <param name="cancellationToken">Ends the work after the batch under way, at once while the platform is awaited.</param>
    public async Task Run(EventBuffer buffer, CancellationToken deadline, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var batch = await buffer.Take(cancellationToken);
            await Settle(batch.Events, deadline, cancellationToken);
            buffer.Release(batch);
        }
    }

    /// <summary>Settles events. When it is cancelled, some may be settled and the others are not.</summary>
    public async Task Settle(IReadOnlyList<CarriedEvent> all, CancellationToken deadline, CancellationToken cancellationToken)
    {
        var open = new List<CarriedEvent>(all.Count);
        foreach (var carried in all)
            if (carried.Fault is { } fault) await Bury(carried, [new Reason("", fault)], cancellationToken);
            else open.Add(carried);
        while (open.Count > 0)
        {
            if (await Send(open, deadline, cancellationToken) is not { } refusal)
            {
                foreach (var carried in open) carried.Delivery.Settle();
                metrics.Carried(open.Count);
                return;
            }

            var reasons = ReasonsByPlace(refusal.Problem, open.Count);
            if (reasons.Count > 0)
            {
                foreach (var (place, found) in reasons) await Bury(open[place], found, cancellationToken);
                open = [.. open.Where((_, place) => !reasons.ContainsKey(place))];
            }
            else if (open.Count == 1)
            {
                await Bury(open[0], WholeReasons(refusal.Problem), cancellationToken);
                return;
            }
            else
            {
                // The answer names no event: a half that is taken has none of the events at fault.
                await Settle(open[..(open.Count / 2)], deadline, cancellationToken);
                open = open[(open.Count / 2)..];
            }
        }
    }

    /// <summary>
    /// Sends a batch until the platform decides about it. Returns its refusal; <see langword="null"/> when all was taken.
    /// </summary>
    private async Task<ScoringProblemException?> Send(
        IReadOnlyList<CarriedEvent> batch, CancellationToken deadline, CancellationToken cancellationToken)
    {
        var body = BatchBody.Write(batch);
        while (true)
        {
            await pace.Wait(cancellationToken);
            try
            {
                await events.SendBatch(body, deadline);
                Decided();
                return null;
            }
            catch (ScoringProblemException exception) when (IsRefusal(exception))
            {
                Decided();
                return exception;
            }
            catch (ScoringProblemException exception)
            {
                Hold(exception.Kind.Length > 0 ? exception.Kind : ((int)exception.Status).ToString(null, null), exception.RetryAfter);
            }
            catch (Exception exception) when (exception is HttpRequestException or TimeoutException or TokenException)
            {
                Hold(exception is TokenException ? exception.Message : exception.GetType().Name, null);
            }
        }
    }

    /// <summary>
    /// Whether the events are at fault. Everything else, such as a token that has expired, a source that is stopped, a proxy's own page or
    /// a busy platform, is no fault of theirs and passes or is mended.
    /// </summary>
    private static bool IsRefusal(ScoringProblemException problem) =>
        problem.Status == HttpStatusCode.RequestEntityTooLarge || problem.Kind is ProblemKinds.EventsRefused or ProblemKinds.MalformedJson;

    private static SortedDictionary<int, List<Reason>> ReasonsByPlace(ProblemDocument problem, int count)
    {
        var all = new SortedDictionary<int, List<Reason>>();
        foreach (var fault in problem.Errors ?? [])
        {
            if (fault.Index is not { } place || place < 0 || place >= count) continue;
            if (!all.TryGetValue(place, out var reasons)) all.Add(place, reasons = []);
            var lead = $"/{place}";
            var isInside = fault.Pointer.StartsWith(lead, StringComparison.Ordinal);
            reasons.Add(new Reason(isInside ? fault.Pointer[lead.Length..] : fault.Pointer, fault.Detail));
        }
        return all;
    }

    private static List<Reason> WholeReasons(ProblemDocument problem) =>
        problem.Errors is { Count: > 0 } errors
            ? [.. errors.Select(error => new Reason(error.Pointer, error.Detail))]
            : [new Reason("", problem.Detail ?? problem.Title)];

    private async Task Bury(CarriedEvent dead, IReadOnlyList<Reason> reasons, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await dead.Delivery.Bury(dead, reasons, cancellationToken);
                break;
            }
            catch (DeadLetterException exception)
            {
                Hold(exception.Message, null);
                await pace.Wait(cancellationToken);
            }
        }
        Decided();
        dead.Delivery.Settle();
        metrics.Refused();
    }

    private void Decided()
    {
        if (pace.Resume()) LogResumed();
    }

    private void Hold(string why, TimeSpan? retryAfter)
    {
        metrics.Retried();
        if (pace.Hold(retryAfter) || why != _why) LogHolding(why);
        _why = why;
    }

    [LoggerMessage(7001, LogLevel.Warning, "The bridge pauses and tries again. No event is lost. Why: {Why}")]
    private partial void LogHolding(string why);

    [LoggerMessage(7002, LogLevel.Information, "The bridge carries again.")]
    private partial void LogResumed();
}
