using Scoring.Client;

namespace Scoring.Contests;

/// <summary>The reasons that an administrator may give, each of which goes with one outcome.</summary>
internal static class DecisionReasons
{
    private static readonly ContestReason[] Rejecting = [ContestReason.SourceConfirmed, ContestReason.EventCorrect];

    private static readonly ContestReason[] Upholding =
    [
        ContestReason.SourceCouldNotConfirm, ContestReason.NotTheSubjects, ContestReason.ValueWasWrong, ContestReason.DayWasWrong,
        ContestReason.CountedTwice, ContestReason.OutsidePurpose,
    ];

    /// <summary>Whether a reason upholds the contest.</summary>
    public static bool Upholds(ContestReason reason) => Upholding.Contains(reason);

    /// <summary>The reasons of a rejection. Past the due day there are none: the contest is upheld.</summary>
    public static IReadOnlyList<ContestReason> ToReject(bool isOverdue) => isOverdue ? [] : Rejecting;

    /// <summary>The reasons to uphold, those that say the same as the person's grounds first.</summary>
    public static IReadOnlyList<ContestReason> ToUphold(IEnumerable<ContestGround> grounds)
    {
        var fitting = grounds.Select(Of).ToArray();
        return [.. Upholding.OrderBy(reason => !fitting.Contains(reason))];
    }

    private static ContestReason Of(ContestGround ground) => ground switch
    {
        ContestGround.NotMine => ContestReason.NotTheSubjects,
        ContestGround.WrongValue => ContestReason.ValueWasWrong,
        ContestGround.WrongDay => ContestReason.DayWasWrong,
        ContestGround.CountedTwice => ContestReason.CountedTwice,
        ContestGround.OutsidePurpose => ContestReason.OutsidePurpose,
        _ => ContestReason.SourceCouldNotConfirm, // it did not happen
    };
}
