using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Checkpoints;

/// <summary>A verifier key of C2SP signed-note, <c>name+id+base64</c>: of a log (type 1) or of a witness (type 4).</summary>
/// <param name="Name">The name of the log or the witness.</param>
/// <param name="IsWitness">Whether it is a witness's key, whose signatures include the time of signing.</param>
/// <param name="Public">The Ed25519 key.</param>
public sealed record NoteKey(string Name, bool IsWitness, byte[] Public)
{
    private const int IdBytes = 4;
    private const int TimeBytes = 8;

    private byte[] Id =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(Name), (byte)'\n', (byte)(IsWitness ? 4 : 1), .. Public])[..IdBytes];

    /// <summary>Reads a key.</summary>
    /// <exception cref="UnreadableException">The text is not a verifier key.</exception>
    public static NoteKey Read(string text)
    {
        try
        {
            if (text.Trim().Split('+', 3) is [{ Length: > 0 } name, { Length: 8 } id, var base64]
                && Convert.FromBase64String(base64) is [1 or 4, ..] bytes && bytes.Length == 1 + Ed25519.PublicKeySize)
            {
                var key = new NoteKey(name, bytes[0] == 4, bytes[1..]);
                if (Convert.ToHexStringLower(key.Id) == id) return key;
            }
        }
        catch (FormatException)
        {
            // The exception below reports it.
        }
        throw new UnreadableException("A verifier key does not have the form name+id+base64.");
    }

    /// <summary>Whether a note has a valid signature of this key.</summary>
    public bool HasSigned(SignedNote note) =>
        note.Signatures.Any(signature => signature.Name == Name && HasSigned(note.Text, signature.Bytes));

    private bool HasSigned(string text, byte[] bytes)
    {
        var head = IdBytes + (IsWitness ? TimeBytes : 0);
        if (bytes.Length != head + Ed25519.SignatureSize || !bytes.AsSpan().StartsWith(Id)) return false;
        if (IsWitness)
        {
            var seconds = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(IdBytes));
            text = string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}");
        }
        var message = Encoding.UTF8.GetBytes(text);
        return Ed25519.Verify(bytes, head, Public, 0, message, 0, message.Length);
    }
}

/// <summary>A note in the form of C2SP signed-note.</summary>
/// <param name="Text">The signed text, with its last line end.</param>
/// <param name="Signatures">The signers' names, and the signatures, each after the four bytes of the key's id.</param>
public sealed record SignedNote(string Text, IReadOnlyList<(string Name, byte[] Bytes)> Signatures)
{
    private const string LineStart = "— ";

    /// <summary>Reads a note.</summary>
    /// <exception cref="UnreadableException">The text is not a signed note.</exception>
    public static SignedNote Read(string note)
    {
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) throw new UnreadableException("A checkpoint has no empty line between its text and its signatures.");
        var signatures = new List<(string, byte[])>();
        foreach (var line in note[(end + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                if (!line.StartsWith(LineStart, StringComparison.Ordinal)
                    || line[LineStart.Length..].Split(' ') is not [var name, var base64])
                    throw new FormatException();
                signatures.Add((name, Convert.FromBase64String(base64)));
            }
            catch (FormatException)
            {
                throw new UnreadableException("A signature line of a checkpoint is malformed.");
            }
        }
        return new SignedNote(note[..(end + 1)], signatures);
    }
}
