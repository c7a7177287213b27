using System.Collections.Immutable;
using System.Globalization;

namespace Scoring.Rules;

/// <summary>Rules in plain words, the same on every machine.</summary>
internal static class Wording
{
    public static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static string Of(Points points) => points switch
    {
        FixedPoints same => Signed(same.Value),
        PointsByValue byValue =>
            $"by {byValue.Attribute}: {string.Join(", ", byValue.Rows.Select(row => $"{row.Value} {Signed(row.Points)}"))}",
        _ => throw new ArgumentException("A kind of points that this build does not know.", nameof(points)),
    };

    public static string Of(Condition? condition) => condition is null ? "always" : Text(condition, isInner: false);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Signed(long points) => points.ToString("+0;-0;0", CultureInfo.InvariantCulture);

    private static string Text(Condition condition, bool isInner) => condition switch
    {
        AllOf all => Joined(all.Parts, " and ", isInner),
        AnyOf any => Joined(any.Parts, " or ", isInner),
        Negated not => $"not {Text(not.Part, isInner: true)}",
        IntegerIs integer => Of($"{integer.Attribute} {Text(integer.Operator)} {integer.Value}"),
        OneOf code => $"{code.Attribute} is {string.Join(" or ", code.Values)}",
        _ => throw new ArgumentException("A kind of condition that this build does not know.", nameof(condition)),
    };

    private static string Joined(ImmutableArray<Condition> parts, string word, bool isInner)
    {
        var text = string.Join(word, parts.Select(part => Text(part, isInner: true)));
        return isInner && parts.Length > 1 ? $"({text})" : text;
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
