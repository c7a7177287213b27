using System.Text.RegularExpressions;

namespace Scoring.Rules;

/// <summary>The patterns of names in documents, each with a sentence that explains it.</summary>
internal static partial class NamePatterns
{
    /// <summary>Explains <see cref="Word()"/>.</summary>
    public const string WordHelp = "1 to 40 characters of a-z, 0-9 and hyphens are expected.";

    /// <summary>Explains <see cref="Programme()"/>.</summary>
    public const string ProgrammeHelp = "2 to 63 characters of a-z, 0-9 and single inner hyphens are expected, with a letter first.";

    /// <summary>Explains <see cref="Service()"/>.</summary>
    public const string ServiceHelp = "2 to 63 characters of a-z, 0-9 and hyphens are expected.";

    /// <summary>Explains <see cref="EventType()"/>.</summary>
    public const string EventTypeHelp =
        "A family (payment, traffic, surveillance), a dot, and 1 to 40 characters of a-z, 0-9 and hyphens are expected.";

    /// <summary>Explains <see cref="Hash()"/>.</summary>
    public const string HashHelp = "64 lower-case hexadecimal digits are expected.";

    /// <summary>Explains <see cref="Attribute()"/>.</summary>
    public const string AttributeHelp = "A name in camelCase of 1 to 40 letters and digits is expected.";

    /// <summary>A word of a closed list of the document itself: a code, a rule, a tier.</summary>
    [GeneratedRegex(@"\A[a-z0-9-]{1,40}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Word();

    /// <summary>The id of a programme.</summary>
    [GeneratedRegex(@"\A(?=.{2,63}\z)[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    public static partial Regex Programme();

    /// <summary>The id of a service.</summary>
    [GeneratedRegex(@"\A[a-z0-9-]{2,63}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Service();

    /// <summary>The name of an event type.</summary>
    [GeneratedRegex(@"\A(payment|traffic|surveillance)\.[a-z0-9-]{1,40}\z", RegexOptions.CultureInvariant)]
    public static partial Regex EventType();

    /// <summary>The name of an attribute.</summary>
    [GeneratedRegex(@"\A[a-z][a-zA-Z0-9]{0,39}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Attribute();

    /// <summary>SHA-256 in hexadecimal digits.</summary>
    [GeneratedRegex(@"\A[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Hash();

    /// <summary>The name of an IANA time zone.</summary>
    [GeneratedRegex(@"\A(UTC|[A-Z][A-Za-z]{1,31}(/[A-Za-z0-9_+-]{1,31}){1,2})\z", RegexOptions.CultureInvariant)]
    public static partial Regex Zone();
}
