using System.Text;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Contests;

/// <summary>Steps of contests as the grains decide them, on a real store.</summary>
internal static class Disputes
{
    public static readonly ContestLimits Limits = new ContestOptions().Limits;

    public static readonly DateTimeOffset Now = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A name for a case.</summary>
    public static string Case() => System.Buffers.Text.Base64Url.EncodeToString(Guid.NewGuid().ToByteArray());

    /// <summary>Somebody enrolled, with events of these keys; their locator and the turns of the events.</summary>
    public static async Task<(NewEnrolment Enrolled, long[] Turns)> Enrol(this LedgerStage stage, params Guid[] keys)
    {
        var handle = Some.Handle();
        var enrolled = Some.Enrolment(Some.Locators(), handle);
        await stage.PostgresEnrolments.Enrol(enrolled, CancellationToken.None);
        await stage.PostgresLedger.AppendEvents([.. keys.Select(key => Some.Event(handle.Hash, key))], CancellationToken.None);
        return (enrolled, [.. Enumerable.Range(3, keys.Length).Select(turn => (long)turn)]);
    }

    /// <summary>Opens; <see langword="null"/> when there is nobody.</summary>
    public static async Task<StepDecision?> Open(
        this LedgerStage stage, byte[] locator, long turn, ContestGround ground = ContestGround.NotMine, DateOnly? today = null,
        string? caseId = null, ContestLimits? limits = null)
    {
        StepDecision decided = default;
        var name = caseId ?? Case();
        return await stage.Contests.Open(
            locator, turn,
            facts => (decided = ContestSteps.Open(
                facts, name, Some.Programme, turn, ground, today ?? Some.Day, limits ?? Limits)).Step,
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
        this LedgerStage stage, string caseId, bool upheld, DateOnly today, string who = "an-administrator",
        ContestReason? reason = null)
    {
        StepDecision decided = default;
        var why = reason ?? (upheld ? ContestReason.ValueWasWrong : ContestReason.SourceConfirmed);
        return await stage.Contests.Judge(
            caseId,
            facts => (decided = ContestSteps.Judge(facts, RandomKey.Next(), who, upheld, why, today, Now)).Step,
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

    public static async Task<bool> Look(this LedgerStage stage, string caseId) => await stage.Contests.Judge(
        caseId,
        facts => new ContestStep(facts.Contest!, [ContestEntries.AccessRecorded(RandomKey.Next(), caseId, Now, Some.Day)]),
        CancellationToken.None);

    /// <summary>Kinds and bodies of a subject's entries from a turn on.</summary>
    public static async Task<string[]> Told(this LedgerStage stage, NewEnrolment of, long from) =>
        [.. (await stage.PostgresLedger.ReadSubject(of.Subject, from - 1, 1000, CancellationToken.None))
            .Select(entry => $"{entry.Kind} {entry.Day:yyyy-MM-dd} {Encoding.UTF8.GetString(entry.Body)}")];
}
