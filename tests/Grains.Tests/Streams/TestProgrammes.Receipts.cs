using System.Security.Cryptography;
using Scoring.Keys;

namespace Scoring.Streams;

/// <summary>The key by which receipts are signed in tests.</summary>
public static partial class TestProgrammes
{
    private static readonly ECDsa ReceiptKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static ReceiptSigner Signer { get; } = new(ReceiptKey, "receipt-1");

    public static ECDsa ReceiptPublic => ReceiptKey;
}
