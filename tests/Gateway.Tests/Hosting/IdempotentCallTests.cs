using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Scoring.Intake;
using Scoring.Limits;
using Scoring.Scores;

namespace Scoring.Hosting;

public sealed class IdempotentCallTests
{
    private static readonly QueryOutcome Answered = new(new ScoreAnswer(Some.SafeDriver, 480, "good", Some.Instant, "ref"), null, null);

    [Fact]
    public async Task A_call_without_an_answer_is_sent_again_and_the_first_answer_counts()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:CallWaitMs", "50"));
        var calls = 0;
        gateway.City.OnQuery = (_, _) =>
            Interlocked.Increment(ref calls) < 3 ? new TaskCompletionSource<QueryOutcome>().Task : Task.FromResult(Answered);
        (await Query(gateway)).Status.ShouldBe(200);
        calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_call_whose_silo_failed_is_sent_again_at_once()
    {
        var city = new FakeCity();
        var calls = 0;
        city.OnAppend = _ =>
            Interlocked.Increment(ref calls) < 3 ? throw new SiloUnavailableException() : Task.FromResult(IntakeOutcome.Accepted);
        var outcome = await CallsTo(city, new FakeTimeProvider()).Send(
            (IIntakeGrain grain) => grain.Append(new EventBatch("source", [])), CancellationToken.None);
        outcome.ShouldBe(IntakeOutcome.Accepted);
        calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_inside_the_runtime_of_a_silo_is_no_answer()
    {
        await using var gateway = await TestGateway.Start();
        var failures = 2;
        gateway.City.OnQuery = (_, _) => Interlocked.Decrement(ref failures) >= 0
            ? throw ExceptionDispatchInfo.SetRemoteStackTrace(
                new ArgumentException("late"), "   at Orleans.Runtime.ActivationCollector.MakeTicketFromDateTime(DateTime timestamp)")
            : Task.FromResult(Answered);
        (await Query(gateway)).Status.ShouldBe(200);
        failures = 100;
        (await Query(gateway)).Status.ShouldBe(503);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_is_not_asked_for_again()
    {
        await using var gateway = await TestGateway.Start();
        var calls = 0;
        gateway.City.OnQuery = (_, _) =>
        {
            calls++;
            return Task.FromResult(new QueryOutcome(null, null, TimeSpan.FromSeconds(1)));
        };
        (await Query(gateway)).Status.ShouldBe(503);
        gateway.City.OnQuery = (_, _) =>
        {
            calls++;
            throw new InvalidOperationException();
        };
        (await Query(gateway)).Status.ShouldBe(500);
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task Attempts_end_and_the_deadline_holds_for_all_together()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Limits:CallWaitMs", "50"), ("Gateway:Limits:CallAttemptsMax", "2"), ("Gateway:Limits:RequestSecondsMax", "1"));
        var calls = 0;
        gateway.City.OnQuery = (_, _) =>
        {
            Interlocked.Increment(ref calls);
            return new TaskCompletionSource<QueryOutcome>().Task;
        };
        (await Query(gateway)).Status.ShouldBe(503);
        calls.ShouldBe(3);
        gateway.City.OnQuery = (_, _) =>
        {
            Interlocked.Increment(ref calls);
            throw new SiloUnavailableException();
        };
        (await Query(gateway)).Status.ShouldBe(503);
        calls.ShouldBe(6);
    }

    [Fact]
    public async Task A_cluster_that_is_slow_for_all_gets_no_more_calls_for_it()
    {
        var time = new FakeTimeProvider();
        var city = new FakeCity();
        var calls = 0;
        city.OnQuery = (_, _) =>
        {
            calls++;
            time.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(Answered);
        };
        var grains = CallsTo(city, time);
        for (var i = 0; i < 100; i++) await grains.Send((IScoreQueryGrain grain) => grain.Ask("parking", "g"), CancellationToken.None);
        calls = 0;
        var slow = new TaskCompletionSource<QueryOutcome>();
        city.OnQuery = (_, _) =>
        {
            calls++;
            return slow.Task;
        };
        var answer = grains.Send((IScoreQueryGrain grain) => grain.Ask("parking", "g"), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(7));
        slow.SetResult(Answered);
        (await answer).ShouldBe(Answered);
        calls.ShouldBe(1);
    }

    private static IdempotentCalls CallsTo(FakeCity city, TimeProvider time) =>
        new(city.Factory, Options.Create(new GatewayLimits()), time);

    private static Task<Answer> Query(TestGateway gateway) =>
        gateway.Send(HttpMethod.Post, "/v1/scores/query", "service", "{\"grant\":\"g\"}");
}
