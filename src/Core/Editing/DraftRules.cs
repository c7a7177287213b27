using System.Collections.Frozen;
using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Events;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Editing;

/// <summary>
/// Compiles the rules of a draft that is being written. Problems on which no score depends, such as a missing risk or a first day that is
/// too near, do not prevent it. Pure functions.
/// </summary>
public static class DraftRules
{
    private static readonly FrozenSet<string> Harmless = new[]
    {
        ProblemCode.MemberUnknown, ProblemCode.CapNeverBinds, ProblemCode.NeverHolds, ProblemCode.ConditionTooLarge,
        ProblemCode.NothingReachable, ProblemCode.TooFewWays, ProblemCode.WindowPastRetention, ProblemCode.FactorTableMismatch,
        ProblemCode.ContextMismatch, ProblemCode.AutomaticScoresCitizen,
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Scored =
        ["/programme/eventTypes", "/programme/floor", "/programme/ceiling", "/programme/zone", "/ruleSet/rules", "/ruleSet/tiers"];

    /// <summary>Compiles the rules alone, as if they had always been in force.</summary>
    /// <param name="draft">The draft in UTF-8.</param>
    /// <param name="eventTypes">The registered event types.</param>
    /// <returns>The rules; or <see langword="null"/> and the problems that prevent scoring.</returns>
    public static (ProgrammeRules? Rules, ImmutableArray<DraftProblem> Problems) Compile(
        ReadOnlyMemory<byte> draft, ImmutableArray<EventType> eventTypes)
    {
        var types = eventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
        var read = ReadDraft.Of(draft);
        VersionCheck.Check(read.Version, [], types);
        ImmutableArray<DraftProblem> problems = [.. read.Problems.Where(IsInTheWay)];
        if (!problems.IsEmpty || read.Version is not { Terms.Value: { } terms, RuleSet.Value: { } set }) return (null, problems);
        // A faulty text or day is empty here, and a faulty word is replaced: no score depends on them.
        var alone = new ProgrammeVersion(
            terms with { Context = Context.Mobility, SubjectKind = SubjectKind.Vehicle, Effects = [] },
            set with { Number = 1, Corrections = [], FactorTables = [] }, new Assessment([], [], DateOnly.MinValue), false, []);
        return (new ProgrammeRules([alone], types), []);
    }

    private static bool IsInTheWay(DraftProblem problem) =>
        !Harmless.Contains(problem.Code) && !problem.Pointer.EndsWith("/reason", StringComparison.Ordinal)
        && (problem.Pointer is "" or "/programme" or "/ruleSet"
            || Scored.Any(member => problem.Pointer.StartsWith(member, StringComparison.Ordinal)));
}
