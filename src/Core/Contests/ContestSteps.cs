using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>What was decided about a step: one to write, a refusal, or neither when it was done before.</summary>
/// <param name="Step">To be written.</param>
/// <param name="Contest">The contest as it then stands; <see langword="null"/> when refused.</param>
/// <param name="Refusal">Why nothing is done.</param>
internal readonly record struct StepDecision(ContestStep? Step, StoredContest? Contest, ContestRefusal? Refusal)
{
    public static StepDecision Refuse(ContestRefusal refusal) => new(null, null, refusal);
}

/// <summary>Decides the steps of a contest by what was read under the lock. Plain values in and out.</summary>
internal static class ContestSteps
{
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

    public static StepDecision AddMaterial(ContestFacts facts, ContestGround ground, DateOnly today, ContestLimits limits)
    {
        var contest = facts.Contest!;
        if (contest.Verdict is not null || today > contest.DueOn) return StepDecision.Refuse(ContestRefusal.Closed);
        if (contest.Grounds.Length > 1) return StepDecision.Refuse(ContestRefusal.ExtendedAlready);
        if (contest.Grounds.Contains(ground)) return StepDecision.Refuse(ContestRefusal.GroundGiven);
        contest = contest with { Grounds = [.. contest.Grounds, ground], DueOn = contest.DueOn.AddDays(limits.ExtensionDays) };
        return Write(contest, [ContestEntries.Extended(contest, today)]);
    }

    /// <summary>An administrator's decision.</summary>
    /// <param name="facts">What was read under the lock.</param>
    /// <param name="actKey">The key of the public act, drawn at random.</param>
    /// <param name="who">The administrator.</param>
    /// <param name="upheld">Whether the participant was right.</param>
    /// <param name="reason">Why.</param>
    /// <param name="today">The day in the programme's zone.</param>
    /// <param name="now">The instant of the public act.</param>
    public static StepDecision Judge(
        ContestFacts facts, Guid actKey, string who, bool upheld, ContestReason reason, DateOnly today, DateTimeOffset now)
    {
        var contest = facts.Contest!;
        var key = ContestKeys.Decided(contest.Case, who, upheld, reason);
        if (contest.Verdict is { } before)
            return before.Key == key ? new StepDecision(null, contest, null) : StepDecision.Refuse(ContestRefusal.DecidedAlready);
        if (!upheld && today > contest.DueOn) return StepDecision.Refuse(ContestRefusal.Overdue);
        return Close(facts, actKey, new Verdict(upheld, reason, today, key), ContestEntries.ByAdministrator, who, now);
    }

    /// <summary>Writes down what the fold has decided: nobody did by the due day. Nothing when somebody has, or it has moved.</summary>
    public static StepDecision Uphold(ContestFacts facts, Guid actKey, DateOnly today, DateTimeOffset now)
    {
        var contest = facts.Contest!;
        if (contest.Verdict is not null) return StepDecision.Refuse(ContestRefusal.DecidedAlready);
        if (today <= contest.DueOn) return new StepDecision(null, contest, null);
        const ContestReason reason = ContestReason.UndecidedInTime;
        var key = ContestKeys.Decided(contest.Case, AdminActions.ByPlatform, true, reason);
        return Close(facts, actKey, new Verdict(true, reason, today, key), ContestEntries.ByPlatform, AdminActions.ByPlatform, now);
    }

    /// <summary>Whether a reason goes with a decision that an administrator makes.</summary>
    public static bool Fits(bool upheld, ContestReason reason) => reason switch
    {
        ContestReason.SourceConfirmed or ContestReason.EventCorrect => !upheld,
        ContestReason.UndecidedInTime => false,
        _ => upheld && Enum.IsDefined(reason),
    };

    /// <summary>How a contest stands on a day, which is how the fold has it.</summary>
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
        ContestFacts facts, Guid actKey, Verdict verdict, string role, string who, DateTimeOffset now)
    {
        var contest = facts.Contest! with { Verdict = verdict };
        var entries = ImmutableArray.Create(ContestEntries.Decided(contest, verdict, role));
        if (verdict.Upheld && !facts.IsCorrected) entries = entries.Add(ContestEntries.Corrected(contest, facts.Event!, verdict));
        return Write(contest, entries, Act(actKey, contest, verdict, who, now));
    }

    /// <summary>The public act. Its key is drawn, so that nothing derived from a case outlives it.</summary>
    private static NewAdminAction Act(Guid key, StoredContest contest, Verdict verdict, string who, DateTimeOffset now)
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
            key, AdminActions.ContestDecided, contest.Programme, who, now, null, [words], CanonicalJson.Write(details));
    }

    private static StepDecision Write(StoredContest contest, ImmutableArray<EntryToAppend> entries, NewAdminAction? act = null) =>
        new(new ContestStep(contest, entries, act), contest, null);

    private static string SourceOf(ContestedEvent contested)
    {
        using var body = JsonDocument.Parse(contested.Body);
        return body.RootElement.GetProperty("source").GetString()!;
    }
}
