using System.Globalization;
using System.Text.RegularExpressions;

namespace Scoring.Rules;

/// <summary>A part of a phrase.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsDocument">Whether it is from a programme's document, and so in the language of the city.</param>
public sealed record PhrasePart(string Text, bool IsDocument);

/// <summary>A text in the language of a page around texts in the language of the city, which a page marks as such.</summary>
/// <param name="Parts">The parts in their order.</param>
public sealed partial record Phrase(IReadOnlyList<PhrasePart> Parts)
{
    /// <summary>Returns a phrase in the language of the page.</summary>
    public static Phrase Words(string text) => new([new PhrasePart(text, false)]);

    /// <summary>Returns a phrase of a programme's document.</summary>
    public static Phrase Document(string text) => new([new PhrasePart(text, true)]);

    /// <summary>Returns a text with phrases in its places <c>{0}</c>, <c>{1}</c> and so on. What is in a phrase is no place.</summary>
    public static Phrase Fill(string text, params IReadOnlyList<Phrase> values)
    {
        var parts = new List<PhrasePart>();
        foreach (var (index, piece) in Place().Split(text).Index())
        {
            if (index % 2 == 1) parts.AddRange(values[int.Parse(piece, CultureInfo.InvariantCulture)].Parts);
            else if (piece.Length > 0) parts.Add(new PhrasePart(piece, false));
        }
        return new Phrase(parts);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Parts.Select(part => part.Text));

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Place();
}
