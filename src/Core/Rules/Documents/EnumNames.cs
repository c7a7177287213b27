using Scoring.Events;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Rules;

/// <summary>The words by which documents write a closed list.</summary>
internal sealed class EnumNames<T>(params (string Word, T Value)[] pairs) where T : struct, Enum
{
    public string All => string.Join(", ", pairs.Select(pair => pair.Word));

    public T? Find(string word)
    {
        foreach (var pair in pairs)
            if (pair.Word == word) return pair.Value;
        return null;
    }

    public string Of(T value) => pairs.First(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Word;
}

/// <summary>The closed lists of documents.</summary>
internal static class EnumNames
{
    public static readonly EnumNames<EventFamily> Families = new(
        ("payment", EventFamily.Payment), ("traffic", EventFamily.Traffic), ("surveillance", EventFamily.Surveillance));

    public static readonly EnumNames<EventOrigin> Origins = new(
        ("initiated", EventOrigin.Initiated), ("attested", EventOrigin.Attested), ("automatic", EventOrigin.Automatic));

    public static readonly EnumNames<AttributeKind> AttributeKinds = new(
        ("integer", AttributeKind.Integer), ("boolean", AttributeKind.Boolean), ("code", AttributeKind.Code));

    public static readonly EnumNames<Context> Contexts = new(
        ("mobility", Context.Mobility), ("food-safety", Context.FoodSafety), ("local-commerce", Context.LocalCommerce),
        ("environment", Context.Environment), ("community", Context.Community));

    public static readonly EnumNames<Effect> Effects = new(
        ("fee-discount", Effect.FeeDiscount), ("priority-booking", Effect.PriorityBooking), ("recognition", Effect.Recognition),
        ("voucher", Effect.Voucher), ("less-paperwork", Effect.LessPaperwork));

    public static readonly EnumNames<SubjectKind> SubjectKinds = new(
        ("citizen", SubjectKind.Citizen), ("vehicle", SubjectKind.Vehicle), ("merchant", SubjectKind.Merchant));

    public static readonly EnumNames<Comparison> Comparisons = new(
        ("equalTo", Comparison.EqualTo), ("lessThan", Comparison.LessThan), ("atMost", Comparison.AtMost),
        ("atLeast", Comparison.AtLeast), ("moreThan", Comparison.MoreThan));
}
