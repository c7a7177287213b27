using Microsoft.Extensions.DependencyInjection;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Scores;
using Scoring.Streams;

namespace Scoring.Subjects;

/// <summary>A withdrawal among questions and deliveries on two silos.</summary>
public sealed class LeavingTests
{
    [Fact]
    public async Task Once_a_withdrawal_answers_no_silo_answers_or_holds_anything_whatever_was_under_way()
    {
        await using var city = await TestCity.Start(silos: 2, settings: new() { ["Subjects:SnapshotEntries"] = "3" });
        var silos = city.Cluster.Silos.Select(silo =>
            city.Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<IGrainFactory>()).ToArray();
        for (var round = 0; round < 10; round++)
        {
            var (own, token, handle) = await Enrolled(city, round);
            var subject = city.Ledger.OnlySubject;
            for (var i = 0; i < 5; i++) city.Append(subject);
            (await Ask(silos[0], token)).Score.ShouldBe(TestProgrammes.Floor + 35);
            using var stop = new CancellationTokenSource();
            var (above, hasLeft) = (0, false);
            var storm = silos.SelectMany(silo => new[]
            {
                Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        var left = Volatile.Read(ref hasLeft);
                        city.Clock.Advance(TimeSpan.FromMinutes(5)); // each question is a new one
                        var score = (await Ask(silo, token)).Score;
                        if (left) score.ShouldBe(TestProgrammes.Floor);
                        else if (score > TestProgrammes.Floor) Interlocked.Increment(ref above);
                    }
                }),
                Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                        await city.Ledger.AppendEvents(
                            [new EventToAppend(handle, Guid.NewGuid(), city.Clock.GetUtcNow(), TestCity.Today, TestProgrammes.Body(7))],
                            CancellationToken.None);
                }),
            }).ToArray();
            await TestCity.Until(() => Volatile.Read(ref above) > 5 + round, "questions are answered from both");
            (await silos[round % 2].GetGrain<IEnrolmentGrain>(0).Withdraw(own, null)).ShouldNotBeNull();
            Volatile.Write(ref hasLeft, true);
            foreach (var silo in silos)
            {
                (await Ask(silo, token)).Score.ShouldBe(TestProgrammes.Floor);
                (await silo.GetGrain<IEnrolmentGrain>(0).Score(own)).ShouldBeNull();
                (await silo.GetGrain<IVehicleGrain>(subject.Value).ScoreBelow(6, TestCity.Today)).ShouldBeNull();
            }
            await stop.CancelAsync();
            await Task.WhenAll(storm);
            city.Ledger.SnapshotOf(subject).ShouldBeNull();
            await TestCity.Until(() => !city.IsAwake(subject), "no silo holds it");
        }
    }

    [Fact]
    public async Task What_is_delivered_behind_the_forgetting_wakes_nobody()
    {
        await using var city = await TestCity.Start(silos: 2);
        var (own, _, _) = await Enrolled(city, 0);
        var subject = city.Ledger.OnlySubject;
        await city.Ask(subject);
        var (held, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        city.Meddler.Before = _ =>
        {
            held.TrySetResult();
            return release.Task;
        };
        city.Append(subject);
        await held.Task;
        var leaving = city.Grains.GetGrain<IEnrolmentGrain>(0).Withdraw(own, null);
        await TestCity.Until(() => city.Ledger.EntriesOf(subject).Count == 0, "the fence stands");
        release.SetResult();
        (await leaving).ShouldNotBeNull();
        await TestCity.Until(() => !city.IsAwake(subject), "nobody holds it");
        (await city.Grains.GetGrain<IVehicleGrain>(subject.Value).ScoreBelow(3, TestCity.Today)).ShouldBeNull();
    }

    private static async Task<ScoreAnswer> Ask(IGrainFactory silo, string token) =>
        (await silo.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, token)).Answer.ShouldNotBeNull();

    private static async Task<(OwnSubject Own, string Token, byte[] Handle)> Enrolled(TestCity city, int number)
    {
        var (own, handle) = (new OwnSubject($"participant-{number}", TestProgrammes.Vehicles, 0), $"a-handle-1234567{number}");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var proof = TestProgrammes.Proof(new
        {
            handle, programme = "safe-driver", sub = own.Participant, iss = TestProgrammes.SourceId, iat = now, exp = now + 600,
        });
        var set = TestProgrammes.Documents.VersionsOf(TestProgrammes.Vehicles)[0].RuleSet;
        var grain = city.Grains.GetGrain<IEnrolmentGrain>(0);
        (await grain.Enrol(own.Participant, new EnrolRequest(TestProgrammes.Vehicles, set.Hash, [proof]))).Enrolled.ShouldNotBeNull();
        var token = (await grain.Grant(own, TestProgrammes.ServiceId, null)).Granted.ShouldNotBeNull().Token;
        return (own, token, TestCity.Keys.HandleHash(TestProgrammes.SourceId, TestProgrammes.Vehicles, handle));
    }
}
