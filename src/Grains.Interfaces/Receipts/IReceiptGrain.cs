using System.Collections.Immutable;

namespace Scoring.Receipts;

/// <summary>What everybody may know about receipts. A stateless worker with key 0.</summary>
[Alias("scoring.IReceiptGrain"), GrainInterfaceType("receipt")]
public interface IReceiptGrain : IGrainWithIntegerKey
{
    /// <summary>The public keys by which receipts and archives are verified: the one in use first, then earlier ones.</summary>
    [Alias("Keys")]
    Task<ImmutableArray<ReceiptKey>> Keys();
}

/// <summary>A public key as JSON Web Key (RFC 7517, RFC 7518 6.2): EC on P-256, for signatures by ES256.</summary>
/// <param name="Kid">Its name, as in the header of what it signed.</param>
/// <param name="Kty"><c>EC</c>.</param>
/// <param name="Crv"><c>P-256</c>.</param>
/// <param name="X">Coordinate, 32 bytes in base64url.</param>
/// <param name="Y">Coordinate, 32 bytes in base64url.</param>
/// <param name="Use"><c>sig</c>.</param>
/// <param name="Alg"><c>ES256</c>.</param>
[GenerateSerializer, Immutable, Alias("scoring.receipt-key")]
public sealed record ReceiptKey(string Kid, string Kty, string Crv, string X, string Y, string Use, string Alg);
