using System.Collections.Immutable;
using System.Globalization;

namespace Scoring.Rules;

/// <summary>
/// Describes rules in words, the same in every culture. The words are part of stored differences and of the public record: they stay as
/// they are.
/// </summary>
internal static class Wording
{
    /// <summary>A text in the invariant culture.</summary>
    public static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The points of a rule, with their signs.</summary>
    /// <exception cref="ArgumentException">The points are of an unknown kind.</exception>
    public static string Of(Points points) => points switch
    {
        FixedPoints same => Signed(same.Value),
        PointsByValue byValue =>
            $"by {byValue.Attribute}: {string.Join(", ", byValue.Rows.Select(row => $"{row.Value} {Signed(row.Points)}"))}",
        _ => throw new ArgumentException("This build does not know the kind of points.", nameof(points)),
    };

    /// <summary>The condition of a rule; "always" without one.</summary>
    /// <exception cref="ArgumentException">The condition is of an unknown kind.</exception>
    public static string Of(Condition? condition) => condition is null ? "always" : Text(condition, isInner: false);

    /// <summary>A day as an ISO date.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Signed(long points) => points.ToString("+0;-0;0", CultureInfo.InvariantCulture);

    private static string Text(Condition condition, bool isInner) => condition switch
    {
        AllOf all => Joined(all.Parts, " and ", isInner),
        AnyOf any => Joined(any.Parts, " or ", isInner),
        Negated not => $"not {Text(not.Part, isInner: true)}",
        IntegerIs integer => Of($"{integer.Attribute} {Text(integer.Operator)} {integer.Value}"),
        OneOf code => $"{code.Attribute} is {string.Join(" or ", code.Values)}",
        _ => throw new ArgumentException("This build does not know the kind of condition.", nameof(condition)),
    };

    private static string Joined(ImmutableArray<Condition> parts, string word, bool isInner)
    {
        var joined = string.Join(word, parts.Select(part => Text(part, isInner: true)));
        return isInner && parts.Length > 1 ? $"({joined})" : joined;
    }

    private static string Text(Comparison comparison) => comparison switch
    {
        Comparison.EqualTo => "is",
        Comparison.LessThan => "is less than",
        Comparison.AtMost => "is at most",
        Comparison.AtLeast => "is at least",
        _ => "is more than",
    };
}
