using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>The decision about a step: a step to write, a refusal, or neither when the step is already done.</summary>
/// <param name="Step">The writes; <see langword="null"/> when there is nothing to write.</param>
/// <param name="Contest">The contest after the step; <see langword="null"/> when the step is refused.</param>
/// <param name="Refusal">The reason of a refusal; <see langword="null"/> otherwise.</param>
internal readonly record struct StepDecision(ContestStep? Step, StoredContest? Contest, ContestRefusal? Refusal)
{
    /// <summary>A refusal.</summary>
    public static StepDecision Refuse(ContestRefusal refusal) => new(null, null, refusal);
}

/// <summary>Decides the steps of a contest from the facts that the store reads under the lock. Pure functions.</summary>
internal static class ContestSteps
{
    /// <summary>Opens a contest of an event.</summary>
    /// <param name="facts">The facts, read under the lock.</param>
    /// <param name="caseId">The random name of the new case, 22 characters of base64url.</param>
    /// <param name="programme">The subject's programme.</param>
    /// <param name="turn">The turn of the event.</param>
    /// <param name="ground">The participant's ground.</param>
    /// <param name="today">The day in the programme's zone.</param>
    /// <param name="limits">The limits.</param>
    public static StepDecision Open(
        ContestFacts facts, string caseId, ProgrammeId programme, long turn, ContestGround ground, DateOnly today, ContestLimits limits)
    {
        if (facts.Event is not { } contested) return StepDecision.Refuse(ContestRefusal.EventUnknown);
        if (facts.Contest is not null) return StepDecision.Refuse(ContestRefusal.ContestedAlready);
        if (facts.IsCorrected) return StepDecision.Refuse(ContestRefusal.CorrectedAlready);
        if (facts.UndecidedDue.Count(due => due >= today) >= limits.OpenMax) return StepDecision.Refuse(ContestRefusal.TooMany);
        var contest = new StoredContest(
            caseId, programme, turn, contested.Key, SourceOf(contested), [ground], today, today.AddDays(limits.DueDays), null);
        return Write(contest, [ContestEntries.Opened(contest, contested)]);
    }

    /// <summary>Extends an open contest by a further ground, once. Its due day moves.</summary>
    public static StepDecision AddMaterial(ContestFacts facts, ContestGround ground, DateOnly today, ContestLimits limits)
    {
        var contest = facts.Contest!;
        if (contest.Verdict is not null || today > contest.DueOn) return StepDecision.Refuse(ContestRefusal.Closed);
        if (contest.Grounds.Length > 1) return StepDecision.Refuse(ContestRefusal.ExtendedAlready);
        if (contest.Grounds.Contains(ground)) return StepDecision.Refuse(ContestRefusal.GroundGiven);
        contest = contest with { Grounds = [.. contest.Grounds, ground], DueOn = contest.DueOn.AddDays(limits.ExtensionDays) };
        return Write(contest, [ContestEntries.Extended(contest, today)]);
    }

    /// <summary>Records an administrator's decision. A repetition of the same call writes nothing.</summary>
    /// <param name="facts">The facts, read under the lock.</param>
    /// <param name="actionKey">The random key of the public action.</param>
    /// <param name="administrator">The administrator.</param>
    /// <param name="upheld">Whether the participant was right.</param>
    /// <param name="reason">The reason, which <see cref="Fits"/> the decision.</param>
    /// <param name="today">The day in the programme's zone.</param>
    /// <param name="now">The instant of the public action.</param>
    public static StepDecision Judge(
        ContestFacts facts, Guid actionKey, string administrator, bool upheld, ContestReason reason, DateOnly today, DateTimeOffset now)
    {
        var contest = facts.Contest!;
        var key = ContestKeys.Decided(contest.Case, administrator, upheld, reason);
        if (contest.Verdict is { } before)
            return before.Key == key ? new StepDecision(null, contest, null) : StepDecision.Refuse(ContestRefusal.DecidedAlready);
        if (!upheld && today > contest.DueOn) return StepDecision.Refuse(ContestRefusal.Overdue);
        return Close(facts, actionKey, new Verdict(upheld, reason, today, key), ContestEntries.ByAdministrator, administrator, now);
    }

    /// <summary>
    /// Records that an undecided contest past its due day is upheld, as the fold already has it. Writes nothing when the due day has moved;
    /// refuses when a decision exists.
    /// </summary>
    public static StepDecision Uphold(ContestFacts facts, Guid actionKey, DateOnly today, DateTimeOffset now)
    {
        var contest = facts.Contest!;
        if (contest.Verdict is not null) return StepDecision.Refuse(ContestRefusal.DecidedAlready);
        if (today <= contest.DueOn) return new StepDecision(null, contest, null);
        const ContestReason reason = ContestReason.UndecidedInTime;
        var key = ContestKeys.Decided(contest.Case, AdminActions.ByPlatform, true, reason);
        return Close(facts, actionKey, new Verdict(true, reason, today, key), ContestEntries.ByPlatform, AdminActions.ByPlatform, now);
    }

    /// <summary>Whether an administrator may give a reason for a decision.</summary>
    public static bool Fits(bool upheld, ContestReason reason) => reason switch
    {
        ContestReason.SourceConfirmed or ContestReason.EventCorrect => !upheld,
        ContestReason.UndecidedInTime => false,
        _ => upheld && Enum.IsDefined(reason),
    };

    /// <summary>The state of a contest on a day, the same as in the fold.</summary>
    public static ContestView View(StoredContest contest, DateOnly today)
    {
        var (state, reason, decidedOn) = contest.Verdict switch
        {
            { } verdict => (verdict.Upheld ? ContestState.Upheld : ContestState.Rejected, verdict.Reason, verdict.On),
            null when today > contest.DueOn => (ContestState.Upheld, ContestReason.UndecidedInTime, contest.DueOn.AddDays(1)),
            _ => (ContestState.Open, (ContestReason?)null, (DateOnly?)null),
        };
        return new ContestView(
            contest.Case, contest.Turn, contest.Grounds[0], contest.Grounds.Length > 1 ? contest.Grounds[1] : null, contest.OpenedOn,
            contest.DueOn, state, reason, decidedOn);
    }

    private static StepDecision Close(
        ContestFacts facts, Guid actionKey, Verdict verdict, string role, string by, DateTimeOffset now)
    {
        var contest = facts.Contest! with { Verdict = verdict };
        var entries = ImmutableArray.Create(ContestEntries.Decided(contest, verdict, role));
        if (verdict.Upheld && !facts.IsCorrected) entries = entries.Add(ContestEntries.Corrected(contest, facts.Event!, verdict));
        return Write(contest, entries, Action(actionKey, contest, verdict, by, now));
    }

    /// <summary>The public action. Its key is random, so that nothing derived from a case outlives the case.</summary>
    private static NewAdminAction Action(Guid key, StoredContest contest, Verdict verdict, string by, DateTimeOffset now)
    {
        var grounds = contest.Grounds.Select(ContestTerms.Of).ToArray();
        var details = new JsonObject
        {
            ["grounds"] = new JsonArray([.. grounds.Select(ground => (JsonNode)ground)]),
            ["reason"] = ContestTerms.Of(verdict.Reason),
            ["upheld"] = verdict.Upheld,
        };
        var words = $"A contest of an event was {(verdict.Upheld ? "upheld" : "rejected")}. Grounds: {string.Join(", ", grounds)}. "
            + $"Reason: {ContestTerms.Of(verdict.Reason)}.";
        return new NewAdminAction(
            key, AdminActions.ContestDecided, contest.Programme, by, now, null, [words], CanonicalJson.Write(details));
    }

    private static StepDecision Write(StoredContest contest, ImmutableArray<EntryToAppend> entries, NewAdminAction? action = null) =>
        new(new ContestStep(contest, entries, action), contest, null);

    private static string SourceOf(ContestedEvent contested)
    {
        using var body = JsonDocument.Parse(contested.Body);
        return body.RootElement.GetProperty("source").GetString()!;
    }
}
