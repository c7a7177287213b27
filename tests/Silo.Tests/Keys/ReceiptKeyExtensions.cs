using System.Buffers.Text;
using System.Security.Cryptography;
using Scoring.Receipts;

namespace Scoring.Keys;

internal static class ReceiptKeyExtensions
{
    /// <summary>Returns the public key, to verify signatures with.</summary>
    public static ECDsa Open(this ReceiptKey key) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
    });
}
