using System.Collections.Immutable;

namespace Scoring.Receipts;

/// <summary>Fakes the receipt grain: two public keys without private keys.</summary>
internal sealed class FakeReceipts : IReceiptGrain
{
    public Task<ImmutableArray<ReceiptKey>> Keys() => Task.FromResult<ImmutableArray<ReceiptKey>>([Key("now"), Key("before")]);

    private static ReceiptKey Key(string name) => new(name, "EC", "P-256", "xx", "yy", "sig", "ES256");
}
