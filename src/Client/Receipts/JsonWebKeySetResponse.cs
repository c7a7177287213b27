namespace Scoring.Client;

/// <summary>A JSON Web Key Set.</summary>
/// <param name="Keys">The keys, the current one first.</param>
public sealed record JsonWebKeySetResponse(IReadOnlyList<ReceiptKey> Keys);

/// <summary>A public key as JSON Web Key (RFC 7517, RFC 7518 6.2): EC on P-256, for signatures by ES256.</summary>
/// <param name="Kid">The key's id, as in the header of what it signed.</param>
/// <param name="Kty">The key type, always <c>EC</c>.</param>
/// <param name="Crv">The curve, always <c>P-256</c>.</param>
/// <param name="X">The x coordinate, 32 bytes in base64url.</param>
/// <param name="Y">The y coordinate, 32 bytes in base64url.</param>
/// <param name="Use">The key's use, always <c>sig</c>.</param>
/// <param name="Alg">The algorithm, always <c>ES256</c>.</param>
public sealed record ReceiptKey(string Kid, string Kty, string Crv, string X, string Y, string Use, string Alg);

/// <summary>A participant's consent record.</summary>
/// <param name="Receipt">A compact JWS.</param>
public sealed record ReceiptResponse(string Receipt);
