using System.Text;

namespace Scoring.Charts;

/// <summary>Breaks a label into lines, since text in an SVG does not wrap.</summary>
public static class LabelLines
{
    /// <summary>Breaks a text at spaces, and between Chinese characters, which are twice as wide as others.</summary>
    /// <param name="text">The text.</param>
    /// <param name="widthMax">The width of a line in narrow characters. A longer word is cut.</param>
    public static IReadOnlyList<string> Wrap(string text, int widthMax)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var part in Parts(text, widthMax))
        {
            if (Width(line.ToString()) + Width(part.TrimEnd()) > widthMax) Flush();
            line.Append(part);
        }
        Flush();
        return lines;

        void Flush()
        {
            if (line.ToString().Trim() is { Length: > 0 } full) lines.Add(full);
            line.Clear();
        }
    }

    /// <summary>Returns the width of a text in narrow characters.</summary>
    public static int Width(string text) => text.EnumerateRunes().Sum(Width);

    private static int Width(Rune rune) => rune.Value >= 0x2E80 ? 2 : 1;

    /// <summary>Returns words with the space behind them, single wide characters, and pieces of words that no line holds.</summary>
    private static IEnumerable<string> Parts(string text, int widthMax)
    {
        var part = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (part.Length > 0 && (Width(rune) == 2 || part.Length >= widthMax)) yield return Take();
            part.Append(rune.ToString());
            if (Width(rune) == 2 || Rune.IsWhiteSpace(rune)) yield return Take();
        }
        if (part.Length > 0) yield return Take();

        string Take()
        {
            var taken = part.ToString();
            part.Clear();
            return taken;
        }
    }
}
