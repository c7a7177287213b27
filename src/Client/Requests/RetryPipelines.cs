using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Scoring.Client;

/// <summary>
/// Decides what is sent again, and when. Past the rate (429) nothing was carried out, so every request may be repeated. After 503, a broken
/// connection or no answer in time that is not certain, so only a request that does no harm twice is repeated.
/// </summary>
internal sealed class RetryPipelines
{
    /// <summary>On a request that may be repeated whatever its method is.</summary>
    public static readonly HttpRequestOptionsKey<bool> HarmlessKey = new("Scoring.Client.Harmless");

    private readonly ScoringClientOptions _options;
    private readonly ResiliencePipeline<HttpResponseMessage> _repeating;
    private readonly ResiliencePipeline<HttpResponseMessage> _careful;
    private long _retries;

    /// <summary>Creates the pipelines.</summary>
    public RetryPipelines(ScoringClientOptions options)
    {
        _options = options;
        _repeating = Create(outcome => IsBusy(outcome) || IsUncertain(outcome));
        _careful = Create(IsBusy);
    }

    /// <summary>How many attempts were repetitions.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Returns the pipeline of a request.</summary>
    public ResiliencePipeline<HttpResponseMessage> For(HttpRequestMessage request) =>
        _options.RepeatsEveryRequest || request.Method != HttpMethod.Post
        || (request.Options.TryGetValue(HarmlessKey, out var harmless) && harmless)
            ? _repeating
            : _careful;

    private ResiliencePipeline<HttpResponseMessage> Create(Func<Outcome<HttpResponseMessage>, bool> repeats)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage>();
        if (_options.AttemptsMax > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = _options.AttemptsMax - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.RetryDelay,
                MaxDelay = _options.RetryDelayMax,
                ShouldHandle = arguments => ValueTask.FromResult(repeats(arguments.Outcome)),
                DelayGenerator = arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Result)),
                OnRetry = arguments =>
                {
                    Interlocked.Increment(ref _retries);
                    arguments.Outcome.Result?.Dispose();
                    return default;
                },
            });
        }
        return builder.AddTimeout(_options.AttemptTimeout).Build();
    }

    private static bool IsBusy(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests;

    private static bool IsUncertain(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result?.StatusCode == HttpStatusCode.ServiceUnavailable
        || outcome.Exception is HttpRequestException or TimeoutRejectedException;

    /// <summary>The wait that the answer asks for, as far as the options allow; otherwise the strategy's own.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage? answer)
    {
        if (answer?.Headers.RetryAfter?.Delta is not { } wait || wait <= TimeSpan.Zero) return null;
        return wait < _options.RetryAfterMax ? wait : _options.RetryAfterMax;
    }
}
