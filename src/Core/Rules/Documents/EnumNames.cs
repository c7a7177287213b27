using Scoring.Events;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Rules;

/// <summary>The words of a closed list in documents. They are hashed: add words, never rename them.</summary>
/// <param name="pairs">Each word with its value.</param>
internal sealed class EnumNames<T>(params (string Word, T Value)[] pairs) where T : struct, Enum
{
    /// <summary>All words, separated by commas.</summary>
    public string All => string.Join(", ", pairs.Select(pair => pair.Word));

    /// <summary>The value of a word; <see langword="null"/> when the list does not have it.</summary>
    public T? Find(string word)
    {
        foreach (var pair in pairs)
            if (pair.Word == word) return pair.Value;
        return null;
    }

    /// <summary>The word of a value.</summary>
    /// <exception cref="InvalidOperationException">No word has the value.</exception>
    public string Of(T value) => pairs.First(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Word;
}

/// <summary>The closed lists in documents.</summary>
internal static class EnumNames
{
    /// <summary>The families of events.</summary>
    public static readonly EnumNames<EventFamily> Families = new(
        ("payment", EventFamily.Payment), ("traffic", EventFamily.Traffic), ("surveillance", EventFamily.Surveillance));

    /// <summary>The origins of events.</summary>
    public static readonly EnumNames<EventOrigin> Origins = new(
        ("initiated", EventOrigin.Initiated), ("attested", EventOrigin.Attested), ("automatic", EventOrigin.Automatic));

    /// <summary>The kinds of attributes.</summary>
    public static readonly EnumNames<AttributeKind> AttributeKinds = new(
        ("integer", AttributeKind.Integer), ("boolean", AttributeKind.Boolean), ("code", AttributeKind.Code));

    /// <summary>The contexts of city life.</summary>
    public static readonly EnumNames<Context> Contexts = new(
        ("mobility", Context.Mobility), ("food-safety", Context.FoodSafety), ("local-commerce", Context.LocalCommerce),
        ("environment", Context.Environment), ("community", Context.Community));

    /// <summary>The effects of tiers.</summary>
    public static readonly EnumNames<Effect> Effects = new(
        ("fee-discount", Effect.FeeDiscount), ("priority-booking", Effect.PriorityBooking), ("recognition", Effect.Recognition),
        ("voucher", Effect.Voucher), ("less-paperwork", Effect.LessPaperwork));

    /// <summary>The kinds of subjects.</summary>
    public static readonly EnumNames<SubjectKind> SubjectKinds = new(
        ("citizen", SubjectKind.Citizen), ("vehicle", SubjectKind.Vehicle), ("merchant", SubjectKind.Merchant));

    /// <summary>The comparisons in conditions.</summary>
    public static readonly EnumNames<Comparison> Comparisons = new(
        ("equalTo", Comparison.EqualTo), ("lessThan", Comparison.LessThan), ("atMost", Comparison.AtMost),
        ("atLeast", Comparison.AtLeast), ("moreThan", Comparison.MoreThan));
}
