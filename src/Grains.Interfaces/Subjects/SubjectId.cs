using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Scoring.Subjects;

/// <summary>
/// A subject's random 64-bit number, drawn at enrolment. It says nothing about the person. It leaves the platform only in an archive of its
/// history, because leaves cannot be recomputed without it.
/// </summary>
/// <param name="Value">The number; any value except 0 for an enrolled subject.</param>
[GenerateSerializer, Immutable, Alias("scoring.subject-id")]
public readonly record struct SubjectId([property: Id(0)] long Value)
{
    /// <summary>Prints sixteen lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Parses sixteen hexadecimal digits. Returns <see langword="false"/> for any other text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SubjectId id)
    {
        id = default;
        if (text is not { Length: 16 } || !long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;
        id = new SubjectId(value);
        return true;
    }
}
