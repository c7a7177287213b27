using Microsoft.Extensions.Http.Resilience;

namespace Scoring.Client;

/// <summary>The connections to the gateways, which the clients of several callers share.</summary>
internal sealed class ScoringConnection : IDisposable
{
    private readonly RetryPipelines _pipelines;

    /// <summary>Wraps an HTTP client that a factory has made with the handlers of <see cref="Handlers"/>.</summary>
    public ScoringConnection(HttpClient http, ScoringClientOptions options, RetryPipelines pipelines)
    {
        Http = http;
        Options = options;
        _pipelines = pipelines;
        http.BaseAddress = GatewayTurnHandler.Placeholder;
        http.Timeout = Timeout.InfiniteTimeSpan; // each attempt has its own limit, and a stream has none
    }

    /// <summary>The HTTP client.</summary>
    public HttpClient Http { get; }

    /// <summary>The options.</summary>
    public ScoringClientOptions Options { get; }

    /// <summary>How many attempts were repetitions.</summary>
    public long Retries => _pipelines.Retries;

    /// <summary>Creates connections without a factory.</summary>
    /// <param name="options">The options.</param>
    /// <param name="handler">Sends the requests; the connection disposes of it.</param>
    public static ScoringConnection Create(ScoringClientOptions options, HttpMessageHandler handler)
    {
        options.Validate();
        var pipelines = new RetryPipelines(options);
        foreach (var outer in Handlers(options, pipelines).Reverse())
        {
            outer.InnerHandler = handler;
            handler = outer;
        }
        return new ScoringConnection(new HttpClient(handler), options, pipelines);
    }

    /// <summary>Returns the handlers of requests, the outermost first: retries, then the choice of a gateway for each attempt.</summary>
    public static IEnumerable<DelegatingHandler> Handlers(ScoringClientOptions options, RetryPipelines pipelines) =>
        [new ResilienceHandler(pipelines.For), new GatewayTurnHandler(options.Addresses)];

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();
}
