namespace Scoring.Client;

/// <summary>What answers, and whether it runs. No access token is needed.</summary>
public sealed class HealthClient
{
    private readonly RequestSender _sender;

    internal HealthClient(RequestSender sender) => _sender = sender;

    /// <summary>Returns what answers at the address, and where its documentation and its portal are.</summary>
    [Operation("about")]
    public Task<AboutResponse> About(CancellationToken cancellationToken = default) =>
        _sender.Get<AboutResponse>("", cancellationToken);

    /// <summary>Returns when a gateway's process runs.</summary>
    [Operation("isLive")]
    public Task<HealthResponse> IsLive(CancellationToken cancellationToken = default) =>
        _sender.Get<HealthResponse>("health/live", cancellationToken);

    /// <summary>Returns when a gateway can answer requests; it is refused with status 503 otherwise.</summary>
    [Operation("isReady")]
    public Task<HealthResponse> IsReady(CancellationToken cancellationToken = default) =>
        _sender.Get<HealthResponse>("health/ready", cancellationToken);
}
