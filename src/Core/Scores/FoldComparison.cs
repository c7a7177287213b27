using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>
/// Holds two folds of the same turns against each other. What differs by right is how much of the past each still holds: one was pruned
/// when its snapshot was kept, on a day that is over, the other never. Windows only move on, so whatever any earlier pruning took, pruning
/// on a later day takes too, with all that late entries added to it since. Both pruned to the same day must therefore be the same to the
/// last byte: every sum of a rule and a day, every correction, every contest with its points and due day, and the turn. Equal bytes give
/// equal scores on that day and on every later one, whatever comes after.
/// </summary>
internal static class FoldComparison
{
    /// <summary>Whether they are the same on a day and from it on.</summary>
    /// <param name="saved">What <see cref="FoldState.Save()"/> wrote of the one.</param>
    /// <param name="other">The other; it is pruned by this.</param>
    /// <param name="day">Not before any day that either was pruned to.</param>
    /// <param name="rules">The book that both were made with.</param>
    public static bool AreSame(byte[] saved, FoldState other, DateOnly day, ProgrammeRules rules)
    {
        if (Loaded(saved, rules) is not { } one) return false;
        one.Prune(day, rules);
        other.Prune(day, rules);
        return one.Save().AsSpan().SequenceEqual(other.Save());
    }

    /// <summary>
    /// <see langword="null"/> when it cannot be the work of folding: damaged, of rules that there are not, or in a disorder that reading it
    /// would mend.
    /// </summary>
    private static FoldState? Loaded(byte[] saved, ProgrammeRules rules)
    {
        try
        {
            var state = FoldState.Load(saved);
            return state.Save().AsSpan().SequenceEqual(saved) && state.RulesEnd <= rules.RuleNames.Length ? state : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or OverflowException)
        {
            return null;
        }
    }
}
