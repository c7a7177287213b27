namespace Scoring.Client;

/// <summary>The keys of receipts and archives. No access token is needed.</summary>
public sealed class ReceiptsClient
{
    private readonly RequestSender _sender;

    internal ReceiptsClient(RequestSender sender) => _sender = sender;

    /// <summary>Returns the public keys that verify receipts and archives, the current one first. Keep them with a receipt.</summary>
    [Operation("readReceiptKeys")]
    public Task<JsonWebKeySetResponse> ReadKeys(CancellationToken cancellationToken = default) =>
        _sender.Get<JsonWebKeySetResponse>("v1/receipts/keys", cancellationToken);
}
