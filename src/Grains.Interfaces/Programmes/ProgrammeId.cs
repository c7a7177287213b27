using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Scoring.Programmes;

/// <summary>A programme's public name in URLs: 2 to 63 characters of a-z, 0-9 and single inner hyphens, a letter first.</summary>
[GenerateSerializer, Immutable, Alias("scoring.programme-id")]
public readonly partial record struct ProgrammeId
{
    private ProgrammeId(string value) => Value = value;

    /// <summary>The name; empty for the default value, which names no programme.</summary>
    [Id(0)]
    public string Value { get => field ?? ""; private init; }

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Parses a name. Returns <see langword="false"/> when the text is not a valid one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ProgrammeId id)
    {
        id = default;
        if (text is null || !Pattern().IsMatch(text)) return false;
        id = new ProgrammeId(text);
        return true;
    }

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is not a valid name.</exception>
    public static ProgrammeId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException("A programme's name has 2 to 63 characters of a-z, 0-9 and inner hyphens, a letter first.");

    [GeneratedRegex(@"\A(?=.{2,63}\z)[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
