using System.Security.Cryptography;
using System.Text;
using Scoring.Verify.Checkpoints;

namespace Scoring.Verify;

/// <summary>Writes verifier keys.</summary>
internal static class KeyText
{
    public static string Text(this NoteKey key)
    {
        byte[] typed = [(byte)(key.IsWitness ? 4 : 1), .. key.Public];
        var id = SHA256.HashData([.. Encoding.UTF8.GetBytes(key.Name), (byte)'\n', .. typed])[..4];
        return $"{key.Name}+{Convert.ToHexStringLower(id)}+{Convert.ToBase64String(typed)}";
    }
}
