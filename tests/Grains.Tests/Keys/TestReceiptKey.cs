using System.Security.Cryptography;

namespace Scoring.Keys;

/// <summary>The key that signs receipts in tests.</summary>
public static class TestReceiptKey
{
    /// <summary>The key pair. Tests verify signatures with it.</summary>
    public static ECDsa Public { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Signs receipts and archives.</summary>
    public static ReceiptSigner Signer { get; } = new(Public, "receipt-1");
}
