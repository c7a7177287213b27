using System.Runtime.ExceptionServices;
using Orleans.Runtime;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Scores;
using Scoring.Testing;

namespace Scoring.Subjects;

/// <summary>Queries while the silo of the subject is in trouble.</summary>
public sealed class SubjectScoresTests
{
    [Theory]
    [InlineData("it hangs")]
    [InlineData("it is dead")]
    [InlineData("its rules are stale")]
    [InlineData("it has no database")]
    [InlineData("its clock was set back")]
    public async Task A_valid_and_an_unknown_grant_are_answered_alike_when_the_subjects_silo_cannot(string trouble)
    {
        await using var city = await TestCity.Start(settings: new() { ["Subjects:AnswerWaitMs"] = "100" });
        var subject = Granted(city);
        for (var i = 0; i < 8; i++) city.Append(subject);
        var end = new TaskCompletionSource();
        city.Deliveries.BeforeScore = () => trouble switch
        {
            "it is dead" => throw new SiloUnavailableException(),
            "its rules are stale" => throw new RuleBookStaleException(),
            "it has no database" => throw new LedgerUnavailableException(),
            "its clock was set back" => throw ExceptionDispatchInfo.SetRemoteStackTrace(
                new ArgumentException(trouble), "   at Orleans.Runtime.ActivationCollector.MakeTicketFromDateTime(DateTime timestamp)"),
            _ => end.Task,
        };

        var valid = await Ask(city, "token-1");
        var unknown = await Ask(city, "never-given");
        valid.Answer.ShouldNotBeNull(trouble).Score.ShouldBe(TestProgrammes.Floor + 56);
        unknown.Answer.ShouldNotBeNull(trouble).Score.ShouldBe(TestProgrammes.Floor);
        city.IsActive(subject).ShouldBeTrue("the call reached the subject");
        end.SetResult();
    }

    [Fact]
    public async Task Neither_grant_is_answered_when_too_many_folds_for_others_are_under_way()
    {
        await using var city = await TestCity.Start(
            silos: 1, settings: new() { ["Subjects:AnswerWaitMs"] = "100", ["Subjects:FoldsForOthersMax"] = "1" });
        var subject = Granted(city);
        city.Append(subject);
        city.Deliveries.BeforeScore = () => throw new SiloUnavailableException();
        var reads = 0;
        var held = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        city.Ledger.BeforeRead = async read =>
        {
            if (read != subject || Interlocked.Increment(ref reads) > 1) return;
            held.SetResult();
            await release.Task;
        };
        var first = Ask(city, "token-1");
        await held.Task;
        city.Clock.Advance(TimeSpan.FromMinutes(5));
        var valid = await Ask(city, "token-1");
        var unknown = await Ask(city, "never-given");
        (valid.Answer, unknown.Answer).ShouldBe((null, null));
        valid.RetryAfter.ShouldNotBeNull().ShouldBe(unknown.RetryAfter.ShouldNotBeNull());
        release.SetResult();
        (await first).Answer.ShouldNotBeNull().Score.ShouldBe(TestProgrammes.Floor + 7);
        (await Ask(city, "token-1")).Answer.ShouldNotBeNull().Score.ShouldBe(TestProgrammes.Floor + 7);
    }

    [Fact]
    public async Task A_reference_is_the_one_that_its_interface_gives()
    {
        await using var city = await TestCity.Start(silos: 1);
        var subject = new SubjectId(-7);
        city.Grains.Subject(SubjectKind.Citizen, subject).ShouldBe(city.Grains.GetGrain<ICitizenGrain>(-7));
        city.Grains.Subject(SubjectKind.Vehicle, subject).ShouldBe(city.Grains.GetGrain<IVehicleGrain>(-7));
        city.Grains.Subject(SubjectKind.Merchant, subject).ShouldBe(city.Grains.GetGrain<IMerchantGrain>(-7));
        city.Grains.Decoy(200).ShouldBe(city.Grains.GetGrain<IDecoyGrain>(200));
    }

    private static SubjectId Granted(TestCity city)
    {
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        city.Ledger.Grant(subject, TestCity.Keys.GrantHash(TestProgrammes.ServiceId, "token-1"), TestProgrammes.ServiceId);
        return subject;
    }

    private static Task<QueryOutcome> Ask(TestCity city, string token) =>
        city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, token);
}
