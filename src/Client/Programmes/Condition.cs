namespace Scoring.Client;

/// <summary>
/// A condition of a rule on an event: <c>{all:[…]}</c>, <c>{any:[…]}</c>, <c>{not:…}</c>, or a comparison of one attribute. Only the
/// members of its form are set.
/// </summary>
/// <param name="All">All of these hold.</param>
/// <param name="Any">At least one of these holds.</param>
/// <param name="Not">This does not hold.</param>
/// <param name="Attribute">The attribute that is compared.</param>
/// <param name="OneOf">The attribute is one of these codes.</param>
/// <param name="EqualTo">The attribute is this integer.</param>
/// <param name="LessThan">The attribute is less than this integer.</param>
/// <param name="AtMost">The attribute is at most this integer.</param>
/// <param name="AtLeast">The attribute is at least this integer.</param>
/// <param name="MoreThan">The attribute is more than this integer.</param>
public sealed record Condition(
    IReadOnlyList<Condition>? All = null, IReadOnlyList<Condition>? Any = null, Condition? Not = null, string? Attribute = null,
    IReadOnlyList<string>? OneOf = null, long? EqualTo = null, long? LessThan = null, long? AtMost = null, long? AtLeast = null,
    long? MoreThan = null);
