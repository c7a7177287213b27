using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Scoring.Subjects;

/// <summary>A subject's random 64-bit number, drawn at enrolment. It says nothing about the person and leaves the platform
/// only in its own participant's export, because leaves cannot be recomputed without it.</summary>
[GenerateSerializer, Immutable, Alias("scoring.subject-id")]
public readonly record struct SubjectId([property: Id(0)] long Value)
{
    /// <summary>Sixteen lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> prints; <see langword="false"/> on anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SubjectId id)
    {
        id = default;
        if (text is not { Length: 16 } || !long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;
        id = new SubjectId(value);
        return true;
    }
}
