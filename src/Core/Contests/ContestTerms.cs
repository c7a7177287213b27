using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>The words for grounds and reasons. They are stored and hashed: add words, never rename them.</summary>
public static class ContestTerms
{
    private static readonly EnumNames<ContestGround> Grounds = new(
        ("not-mine", ContestGround.NotMine), ("did-not-happen", ContestGround.DidNotHappen), ("wrong-value", ContestGround.WrongValue),
        ("wrong-day", ContestGround.WrongDay), ("counted-twice", ContestGround.CountedTwice),
        ("outside-purpose", ContestGround.OutsidePurpose));

    private static readonly EnumNames<ContestReason> Reasons = new(
        ("source-confirmed", ContestReason.SourceConfirmed), ("event-correct", ContestReason.EventCorrect),
        ("source-could-not-confirm", ContestReason.SourceCouldNotConfirm), ("value-was-wrong", ContestReason.ValueWasWrong),
        ("day-was-wrong", ContestReason.DayWasWrong), ("counted-twice", ContestReason.CountedTwice),
        ("not-the-subjects", ContestReason.NotTheSubjects), ("outside-purpose", ContestReason.OutsidePurpose),
        ("undecided-in-time", ContestReason.UndecidedInTime));

    /// <summary>The word for a ground.</summary>
    public static string Of(ContestGround ground) => Grounds.Of(ground);

    /// <summary>The word for a reason.</summary>
    public static string Of(ContestReason reason) => Reasons.Of(reason);

    /// <summary>The ground that a stored word means.</summary>
    /// <exception cref="FormatException">No ground has this word.</exception>
    public static ContestGround Ground(string word) =>
        Grounds.Find(word) ?? throw new FormatException("The stored word is not a ground of a contest.");

    /// <summary>The reason that a stored word means.</summary>
    /// <exception cref="FormatException">No reason has this word.</exception>
    public static ContestReason Reason(string word) =>
        Reasons.Find(word) ?? throw new FormatException("The stored word is not a reason of a decision.");
}
