using System.Text.RegularExpressions;

namespace Scoring.Rules;

/// <summary>The forms of names in documents.</summary>
internal static partial class NamePatterns
{
    public const string WordHelp = "1 to 40 of a-z, 0-9 and hyphens.";
    public const string ProgrammeHelp = "2 to 63 of a-z, 0-9 and single inner hyphens, a letter first.";
    public const string ServiceHelp = "2 to 63 of a-z, 0-9 and hyphens.";
    public const string EventTypeHelp = "A family (payment, traffic, surveillance), a dot, and a word of 1 to 40 of a-z, 0-9 and hyphens.";
    public const string HashHelp = "64 lower-case hexadecimal digits.";
    public const string AttributeHelp = "camelCase, 1 to 40 letters and digits.";

    [GeneratedRegex(@"\A[a-z0-9-]{1,40}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Word();

    [GeneratedRegex(@"\A(?=.{2,63}\z)[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    public static partial Regex Programme();

    [GeneratedRegex(@"\A[a-z0-9-]{2,63}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Service();

    [GeneratedRegex(@"\A(payment|traffic|surveillance)\.[a-z0-9-]{1,40}\z", RegexOptions.CultureInvariant)]
    public static partial Regex EventType();

    [GeneratedRegex(@"\A[a-z][a-zA-Z0-9]{0,39}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Attribute();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Hash();

    [GeneratedRegex(@"\A(UTC|[A-Z][A-Za-z]{1,31}(/[A-Za-z0-9_+-]{1,31}){1,2})\z", RegexOptions.CultureInvariant)]
    public static partial Regex Zone();
}
