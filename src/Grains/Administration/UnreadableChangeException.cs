using System.Collections.Immutable;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>With a change no silo could read the published documents, so the store did not make it. Trying again does not help.</summary>
public sealed class UnreadableChangeException(Exception innerException)
    : InvalidOperationException("With this change no silo could read the published documents.", innerException)
{
    /// <summary>Returns the outcome for the administrator whose approval should have made the change.</summary>
    /// <param name="approvals">The approvals that remain.</param>
    internal static AdminOutcome Outcome(ImmutableArray<string> approvals) => new(
        false, approvals, AdminRefusal.Problems, [new DraftProblem(
            "", ProblemCode.ConflictsWithPublished, "Compare it with what was published meanwhile, and write it again.")]);
}
