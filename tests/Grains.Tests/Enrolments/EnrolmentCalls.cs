using Scoring.Hosting;
using Scoring.Intake;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.Enrolments;

/// <summary>The calls of one participant, and the proofs of her handles.</summary>
internal static class EnrolmentCalls
{
    public const string Anna = "anna-pairwise-sub";
    public const string Handle = "a-handle-1234567";

    public static string RuleSet =>
        TestProgrammes.Documents.Programmes.Single(p => p.Programme.Id == TestProgrammes.Vehicles).RuleSets[0].Hash;

    public static SubjectId Subject(TestCity city) => city.Ledger.OnlySubject;

    public static async Task Send(TestCity city, string id, string handle = Handle) =>
        await city.Grains.GetGrain<IIntakeGrain>(0).Append(new EventBatch(
            TestProgrammes.SourceId,
            [new IncomingEvent(id, TestProgrammes.Vehicles, handle, city.Clock.GetUtcNow(), TestProgrammes.Body(7))]));

    public static async Task<long> Query(TestCity city, string token) =>
        (await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, token)).Answer!.Score;

    public static IEnrolmentGrain Grain(TestCity city) => city.Grains.GetGrain<IEnrolmentGrain>(0);

    public static async Task<EnrolledView> Enrol(TestCity city, params string[] proofs) =>
        (await Grain(city).Enrol(Anna, Request(proofs))).Enrolled.ShouldNotBeNull();

    public static EnrolRequest Request(params string[] proofs) => new(TestProgrammes.Vehicles, RuleSet, [.. proofs]);

    public static string Proof(string handle = Handle) => TestProgrammes.Proof(Payload(handle: handle));

    public static object Payload(
        string handle = Handle, string programme = "safe-driver", string sub = Anna, string iss = TestProgrammes.SourceId, long? iat = null,
        long? exp = null, string padding = "")
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new { handle, programme, sub, iss, iat = iat ?? now, exp = exp ?? now + 600, padding };
    }
}
