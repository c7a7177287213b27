using System.Security.Cryptography;
using Scoring.Keys;

namespace Scoring.Streams;

/// <summary>The key that signs receipts in tests.</summary>
public static class TestReceiptKey
{
    /// <summary>The whole key; tests verify signatures with it.</summary>
    public static ECDsa Public { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Signs receipts and archives.</summary>
    public static ReceiptSigner Signer { get; } = new(Public, "receipt-1");
}
