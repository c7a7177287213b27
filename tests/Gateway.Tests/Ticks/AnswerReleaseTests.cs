using Microsoft.Extensions.Time.Testing;
using Scoring.Hosting;
using Scoring.Intake;
using Scoring.Scores;

namespace Scoring.Ticks;

/// <summary>Checks that every outcome that depends on stored data waits for the tick: without a tick there is no answer.</summary>
public sealed class AnswerReleaseTests
{
    [Theory]
    [InlineData("accepted")]
    [InlineData("refused")]
    [InlineData("late")]
    [InlineData("failed")]
    public async Task Answers_to_sources_wait_for_the_tick(string outcome)
    {
        var time = new FakeTimeProvider();
        await using var gateway = await TestGateway.Start(time);
        var called = new TaskCompletionSource();
        gateway.City.OnAppend = _ =>
        {
            called.TrySetResult();
            return outcome switch
            {
                "accepted" => Task.FromResult(IntakeOutcome.Accepted),
                "refused" => Task.FromResult(new IntakeOutcome([new EventRefusal(0, EventFault.TimeTooOld)], null)),
                "late" => Task.FromResult(new IntakeOutcome([], TimeSpan.FromSeconds(1))),
                _ => Task.FromException<IntakeOutcome>(new TimeoutException()),
            };
        };
        await ShouldWaitForTick(time, gateway, gateway.PostEvents(Some.Event()), called.Task);
    }

    [Theory]
    [InlineData("answered")]
    [InlineData("refused")]
    [InlineData("late")]
    [InlineData("failed")]
    public async Task Answers_to_services_wait_for_the_tick(string outcome)
    {
        var time = new FakeTimeProvider();
        await using var gateway = await TestGateway.Start(time);
        var called = new TaskCompletionSource();
        gateway.City.OnQuery = (_, _) =>
        {
            called.TrySetResult();
            return outcome switch
            {
                "answered" => Task.FromResult(
                    new QueryOutcome(new ScoreAnswer(Some.SafeDriver, 0, "baseline", Some.Instant, "r"), null, null)),
                "refused" => Task.FromResult(new QueryOutcome(null, QueryRefusal.ServiceNotRegistered, null)),
                "late" => Task.FromResult(new QueryOutcome(null, null, TimeSpan.FromSeconds(1))),
                _ => Task.FromException<QueryOutcome>(new RuleBookStaleException()),
            };
        };
        await ShouldWaitForTick(
            time, gateway, gateway.Send(HttpMethod.Post, "/v1/scores/query", "service", "{\"grant\":\"g\"}"), called.Task);
    }

    private static async Task ShouldWaitForTick(FakeTimeProvider time, TestGateway gateway, Task<Answer> answer, Task called)
    {
        await called.WaitAsync(TimeSpan.FromSeconds(20));
        // The server answers other requests meanwhile; the waiting answer does not arrive.
        for (var i = 0; i < 20; i++) (await gateway.Get("/health/live")).Status.ShouldBe(200);
        answer.IsCompleted.ShouldBeFalse();
        for (var i = 0; i < 10_000 && !answer.IsCompleted; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await gateway.Get("/health/live");
        }

        (await answer.WaitAsync(TimeSpan.FromSeconds(20))).Status.ShouldBeOneOf(200, 202, 400, 403, 503);
    }
}
