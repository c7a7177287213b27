using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Scoring.Keys;

/// <summary>Signs checkpoints: Ed25519 (RFC 8032) in the form of C2SP signed-note.</summary>
/// <param name="seed">The private key, 32 bytes.</param>
public sealed class CheckpointSigner(byte[] seed)
{
    /// <summary>The length of the private key in bytes.</summary>
    public const int SeedBytes = 32;

    /// <summary>Returns the public key with a name.</summary>
    public VerifierKey Key(string name)
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        return new VerifierKey(name, VerifierKey.Signs, key);
    }

    /// <summary>Signs a text that ends with a line end, and returns the whole note.</summary>
    public string Sign(string name, string text)
    {
        var message = Encoding.UTF8.GetBytes(text);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(seed, 0, message, 0, message.Length, signature, 0);
        return $"{text}\n{Key(name).Line(signature)}";
    }
}
