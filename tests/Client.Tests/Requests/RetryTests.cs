using System.Net;

namespace Scoring.Client.Tests.Requests;

public sealed class RetryTests
{
    private const HttpStatusCode Broken = 0;

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(Broken)]
    public async Task A_request_that_may_be_repeated_is_repeated(HttpStatusCode failure)
    {
        var platform = new AnsweringHandler(failure, failure, HttpStatusCode.OK);
        using var client = Client(platform);
        (await client.Health.IsLive()).Status.ShouldBe("x");
        client.Retries.ShouldBe(2);
    }

    [Fact]
    public async Task A_query_and_a_batch_are_repeated_with_the_same_body()
    {
        var platform = new AnsweringHandler(
            HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, Broken, HttpStatusCode.ServiceUnavailable, HttpStatusCode.Accepted);
        using var client = Client(platform);
        await client.Scores.Query("a-grant");
        await client.Events.SendBatch("[1]"u8.ToArray());
        platform.Bodies.ShouldBe(["""{"grant":"a-grant"}""", """{"grant":"a-grant"}""", "[1]", "[1]", "[1]"]);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(Broken)]
    public async Task An_enrolment_that_may_have_been_carried_out_is_not_repeated(HttpStatusCode failure)
    {
        var platform = new AnsweringHandler(failure, HttpStatusCode.OK);
        using var client = Client(platform);
        await Should.ThrowAsync<Exception>(() => client.Subjects.Enrol(new EnrolRequest("p", "h", [])));
        platform.Ports.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_enrolment_past_the_rate_is_repeated_and_with_the_option_every_one_is()
    {
        var busy = new AnsweringHandler(HttpStatusCode.TooManyRequests, HttpStatusCode.OK) { Text = """{"ordinal":1,"receipt":"r"}""" };
        using var client = Client(busy);
        (await client.Subjects.Enrol(new EnrolRequest("p", "h", []))).Ordinal.ShouldBe(1);
        var unavailable = new AnsweringHandler(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK) { Text = busy.Text };
        using var repeating = Client(unavailable, options => options.RepeatsEveryRequest = true);
        (await repeating.Subjects.Enrol(new EnrolRequest("p", "h", []))).Ordinal.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_final()
    {
        using var client = Client(new AnsweringHandler(HttpStatusCode.BadRequest, HttpStatusCode.OK));
        await Should.ThrowAsync<ScoringProblemException>(() => client.Health.IsLive());
        client.Retries.ShouldBe(0);
    }

    [Fact]
    public async Task The_last_attempt_is_final()
    {
        var platform = new AnsweringHandler(HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        using var client = Client(platform, options => options.AttemptsMax = 2);
        (await Should.ThrowAsync<ScoringProblemException>(() => client.Health.IsLive())).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var single = Client(
            new AnsweringHandler(HttpStatusCode.TooManyRequests, HttpStatusCode.OK), options => options.AttemptsMax = 1);
        await Should.ThrowAsync<ScoringProblemException>(() => single.Health.IsLive());
    }

    [Fact]
    public async Task Retry_After_is_waited_for_as_far_as_the_options_allow()
    {
        var platform = new AnsweringHandler(HttpStatusCode.TooManyRequests, HttpStatusCode.OK) { RetryAfter = TimeSpan.FromHours(1) };
        using var client = Client(platform, options => options.RetryAfterMax = TimeSpan.FromMilliseconds(1));
        await client.Health.IsLive();
        var patient = new AnsweringHandler(HttpStatusCode.TooManyRequests, HttpStatusCode.OK) { RetryAfter = TimeSpan.FromHours(1) };
        using var waiting = Client(patient, options => options.RetryAfterMax = TimeSpan.FromHours(1));
        using var cancelled = new CancellationTokenSource();
        var call = waiting.Health.IsLive(cancelled.Token);
        while (waiting.Retries == 0) await Task.Yield();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        patient.Ports.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Attempts_take_turns_over_the_gateways()
    {
        var platform = new AnsweringHandler(HttpStatusCode.OK, Broken, HttpStatusCode.OK, HttpStatusCode.OK);
        using var client = Client(platform);
        for (var i = 0; i < 3; i++) await client.Health.IsLive();
        platform.Ports.ShouldBe([1, 2, 1, 2]);
    }

    private static ScoringClient Client(AnsweringHandler platform, Action<ScoringClientOptions>? configure = null)
    {
        var options = new ScoringClientOptions
        {
            Addresses = { new Uri("http://127.0.0.1:1"), new Uri("http://127.0.0.1:2/") },
            RetryDelay = TimeSpan.Zero,
        };
        configure?.Invoke(options);
        return new ScoringClient(options, platform);
    }
}
