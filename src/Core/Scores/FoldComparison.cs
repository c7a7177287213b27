using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>
/// Compares two folds of the same turns. They may legitimately differ in how much of the past they hold: one was pruned when its snapshot
/// was saved, on an earlier day, and the other never. Windows only move forward, so pruning on a later day also removes everything that an
/// earlier pruning removed, with what late entries added to it since. Two folds that are pruned to the same day must therefore be equal to
/// the byte: every sum, every correction, every contest with its points and due day, and the turn. Equal bytes give equal scores on that
/// day and on every later day, for any later entries.
/// </summary>
internal static class FoldComparison
{
    /// <summary>Whether two folds are equal on a day and on all later days.</summary>
    /// <param name="saved">One fold, as <see cref="FoldState.Save()"/> wrote it.</param>
    /// <param name="other">The other fold. This method prunes it.</param>
    /// <param name="day">The day, not before any day to which either fold was pruned.</param>
    /// <param name="rules">The rules that both folds were made with.</param>
    public static bool AreSame(byte[] saved, FoldState other, DateOnly day, ProgrammeRules rules)
    {
        if (LoadExactly(saved, rules) is not { } one) return false;
        one.Prune(day, rules);
        other.Prune(day, rules);
        return one.Save().AsSpan().SequenceEqual(other.Save());
    }

    /// <summary>
    /// The saved fold; <see langword="null"/> when no fold can have written it: it is damaged, has unknown rules, or does not save to the
    /// same bytes again.
    /// </summary>
    private static FoldState? LoadExactly(byte[] saved, ProgrammeRules rules)
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
