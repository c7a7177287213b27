using Microsoft.Extensions.Options;
using Scoring.Keys;

namespace Scoring.Checkpoints;

/// <summary>
/// The platform's checkpoint keys under its origin. It signs with the current key, and verifies with it or with a former key.
/// </summary>
internal sealed class CheckpointKeys(CheckpointSigner signer, IOptions<CheckpointOptions> options)
{
    /// <summary>The origin that every note names.</summary>
    public string Origin => options.Value.Origin;

    /// <summary>Signs the text of a note; returns the signed note.</summary>
    public string Sign(string text) => signer.Sign(Origin, text);

    /// <summary>Whether one of the platform's keys has signed a note.</summary>
    public bool HasSigned(string note)
    {
        var text = CheckpointNote.TextOf(note);
        var lines = note[(text.Length + 1)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Keys().Any(key => lines.Any(line => key.Verifies(line, text)));
    }

    private IEnumerable<VerifierKey> Keys()
    {
        yield return signer.Key(Origin);
        foreach (var former in options.Value.FormerKeys)
            if (VerifierKey.TryParse(former, out var key)) yield return key;
    }
}
