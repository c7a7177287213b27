using Microsoft.Extensions.DependencyInjection;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Scores;
using Scoring.Testing;

namespace Scoring.Subjects;

/// <summary>A withdrawal during queries and deliveries on two silos.</summary>
public sealed class SubjectWithdrawalTests
{
    [Fact]
    public async Task Once_a_withdrawal_answers_no_silo_answers_or_holds_anything_whatever_was_under_way()
    {
        await using var city = await TestCity.Start(
            silos: 2, settings: new() { ["Subjects:SnapshotEntries"] = "3", ["Queries:ValiditySeconds"] = "1" });
        var silos = city.Cluster.Silos.Select(silo =>
            city.Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<IGrainFactory>()).ToArray();
        for (var round = 0; round < 10; round++)
        {
            var (own, token, handle) = await Enrolled(city, round);
            var subject = city.Ledger.OnlySubject;
            for (var i = 0; i < 5; i++) city.Append(subject);
            (await Query(silos[0], token)).Score.ShouldBe(TestProgrammes.Floor + 35);
            await using (var load = new QueriesAndEvents(city, silos, token, handle))
            {
                await TestCity.Until(() => load.AboveFloor > 5 + round, "queries are answered on both silos");
                (await silos[round % 2].GetGrain<IEnrolmentGrain>(0).Withdraw(own, null)).ShouldNotBeNull();
                load.ExpectFloor();
                foreach (var silo in silos)
                {
                    (await Query(silo, token)).Score.ShouldBe(TestProgrammes.Floor);
                    (await silo.GetGrain<IEnrolmentGrain>(0).Score(own)).ShouldBeNull();
                    (await silo.GetGrain<IVehicleGrain>(subject.Value).ScoreBelow(6, TestCity.Today)).ShouldBeNull();
                }
            }
            city.Ledger.SnapshotOf(subject).ShouldBeNull();
            await TestCity.Until(() => !city.IsActive(subject), "no silo holds the subject");
        }
    }

    [Fact]
    public async Task A_delivery_after_the_erasure_activates_no_subject()
    {
        await using var city = await TestCity.Start(silos: 2);
        var (own, _, _) = await Enrolled(city, 0);
        var subject = city.Ledger.OnlySubject;
        await city.Score(subject);
        var held = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        city.Deliveries.Before = _ =>
        {
            held.TrySetResult();
            return release.Task;
        };
        city.Append(subject);
        await held.Task;
        var withdrawing = city.Grains.GetGrain<IEnrolmentGrain>(0).Withdraw(own, null);
        await TestCity.Until(() => city.Ledger.EntriesOf(subject).Count == 0, "the withdrawal is fenced");
        release.SetResult();
        (await withdrawing).ShouldNotBeNull();
        await TestCity.Until(() => !city.IsActive(subject), "no silo holds the subject");
        (await city.Grains.GetGrain<IVehicleGrain>(subject.Value).ScoreBelow(3, TestCity.Today)).ShouldBeNull();
    }

    private static async Task<ScoreAnswer> Query(IGrainFactory silo, string token) =>
        (await silo.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, token)).Answer.ShouldNotBeNull();

    private static async Task<(OwnSubject Own, string Token, byte[] Handle)> Enrolled(TestCity city, int number)
    {
        var own = new OwnSubject($"participant-{number}", TestProgrammes.Vehicles, 0);
        var handle = $"a-handle-1234567{number}";
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

    /// <summary>Sends queries and events until it is disposed. Once the floor is expected, every other score fails the test.</summary>
    private sealed class QueriesAndEvents : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TestCity _city;
        private readonly Task[] _tasks;
        private int _aboveFloor;
        private bool _expectsFloor;

        public QueriesAndEvents(TestCity city, IGrainFactory[] silos, string token, byte[] handle)
        {
            _city = city;
            _tasks = [.. silos.SelectMany(silo => new[] { Task.Run(() => Query(silo, token)), Task.Run(() => Send(handle)) })];
        }

        public int AboveFloor => Volatile.Read(ref _aboveFloor);

        public void ExpectFloor() => Volatile.Write(ref _expectsFloor, true);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_tasks);
            _stop.Dispose();
        }

        private async Task Query(IGrainFactory silo, string token)
        {
            while (!_stop.IsCancellationRequested)
            {
                var expectsFloor = Volatile.Read(ref _expectsFloor);
                // Each query is a new one. The clock moves by a second only, so that no event leaves its window, however many queries.
                _city.Clock.Advance(TimeSpan.FromSeconds(1));
                var score = (await SubjectWithdrawalTests.Query(silo, token)).Score;
                if (expectsFloor) score.ShouldBe(TestProgrammes.Floor);
                else if (score > TestProgrammes.Floor) Interlocked.Increment(ref _aboveFloor);
            }
        }

        private async Task Send(byte[] handle)
        {
            while (!_stop.IsCancellationRequested)
            {
                await _city.Ledger.AppendEvents(
                    [new EventToAppend(handle, Guid.NewGuid(), _city.Clock.GetUtcNow(), TestCity.Today, TestProgrammes.Body(7))],
                    CancellationToken.None);
            }
        }
    }
}
