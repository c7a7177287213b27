using System.Text;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Contests;

/// <summary>Applies the steps of contests that grains decide to the store of a stage.</summary>
internal static class ContestStageExtensions
{
    public static readonly ContestLimits Limits = new ContestOptions().Limits;

    public static readonly DateTimeOffset Now = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A new case id.</summary>
    public static string Case() => System.Buffers.Text.Base64Url.EncodeToString(Guid.NewGuid().ToByteArray());

    /// <summary>Enrols a subject and appends events with these keys; returns the enrolment and the turns of the events.</summary>
    public static async Task<(NewEnrolment Enrolled, long[] Turns)> Enrol(this LedgerStage stage, params Guid[] keys)
    {
        var handle = Some.Handle();
        var enrolled = Some.Enrolment(Some.Locators(), handle);
        await stage.PostgresEnrolments.Enrol(enrolled, CancellationToken.None);
        await stage.PostgresLedger.AppendEvents([.. keys.Select(key => Some.Event(handle.Hash, key))], CancellationToken.None);
        return (enrolled, [.. Enumerable.Range(3, keys.Length).Select(turn => (long)turn)]);
    }

    /// <summary>Opens a contest; <see langword="null"/> when the locator leads to no subject.</summary>
    public static async Task<StepDecision?> Open(
        this LedgerStage stage, byte[] locator, long turn, ContestGround ground = ContestGround.NotMine, DateOnly? today = null,
        string? caseId = null, ContestLimits? limits = null)
    {
        StepDecision decided = default;
        var id = caseId ?? Case();
        return await stage.Contests.Open(
            locator, turn,
            facts => (decided = ContestSteps.Open(
                facts, id, Some.Programme, turn, ground, today ?? Some.Day, limits ?? Limits)).Step,
            CancellationToken.None) ? decided : null;
    }

    public static async Task<StepDecision?> AddMaterial(
        this LedgerStage stage, byte[] locator, string caseId, ContestGround ground, DateOnly today)
    {
        StepDecision decided = default;
        return await stage.Contests.Change(
            locator, caseId, facts => (decided = ContestSteps.AddMaterial(facts, ground, today, Limits)).Step, CancellationToken.None)
            ? decided : null;
    }

    public static async Task<StepDecision?> Judge(
        this LedgerStage stage, string caseId, bool upheld, DateOnly today, string administrator = "an-administrator",
        ContestReason? reason = null)
    {
        StepDecision decided = default;
        var verdictReason = reason ?? (upheld ? ContestReason.ValueWasWrong : ContestReason.SourceConfirmed);
        return await stage.Contests.Judge(
            caseId,
            facts => (decided = ContestSteps.Judge(facts, RandomKey.Next(), administrator, upheld, verdictReason, today, Now)).Step,
            CancellationToken.None)
            ? decided : null;
    }

    public static async Task<StepDecision?> Uphold(this LedgerStage stage, string caseId, DateOnly today)
    {
        StepDecision decided = default;
        return await stage.Contests.Judge(
            caseId,
            facts => (decided = ContestSteps.Uphold(facts, RandomKey.Next(), today, Now)).Step,
            CancellationToken.None) ? decided : null;
    }

    public static async Task<bool> AppendAccess(this LedgerStage stage, string caseId) => await stage.Contests.Judge(
        caseId,
        facts => new ContestStep(facts.Contest!, [ContestEntries.AccessRecorded(RandomKey.Next(), caseId, Now, Some.Day)]),
        CancellationToken.None);

    /// <summary>Kinds, days and bodies of a subject's entries from a turn on.</summary>
    public static async Task<string[]> Entries(this LedgerStage stage, NewEnrolment enrolment, long from) =>
        [.. (await stage.PostgresLedger.ReadSubject(enrolment.Subject, from - 1, 1000, CancellationToken.None))
            .Select(entry => $"{entry.Kind} {entry.Day:yyyy-MM-dd} {Encoding.UTF8.GetString(entry.Body)}")];
}
