using Scoring.Hosting;

namespace Scoring.Intake;

/// <summary>An event is checked as it would be when it is sent, by anyone, and is kept nowhere.</summary>
public sealed class EventValidationTests(RunningGateway running) : IClassFixture<RunningGateway>
{
    [Fact]
    public async Task A_sound_event_is_good_and_reaches_no_grain()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Validate(gateway, Some.Event());
        answer.Status.ShouldBe(204, answer.Text);
        gateway.City.Appends.ShouldBe(0);
    }

    [Theory]
    [InlineData("\"overLimitKmh\":201", "")]
    [InlineData("\"overLimitKmh\":12,\"note\":\"free text\"", "")]
    [InlineData("\"overLimitKmh\":12,\"zone\":\"moon\"", ",\"Bad-Name\":1")]
    [InlineData("\"night\":true", ",\"time\":\"yesterday\"")]
    public async Task An_event_has_the_faults_that_it_has_when_it_is_sent(string data, string more)
    {
        var body = Some.Event(data: data, more: more);
        var sent = await running.Gateway.PostEvents(body);
        var checkedOnly = await Validate(running.Gateway, body);
        (sent.Problem, checkedOnly.Problem).ShouldBe(("events-refused", "events-refused"));
        checkedOnly.Pointers.ShouldBe(sent.Pointers);
        checkedOnly.Details.ShouldBe(sent.Details);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"source\":7}")]
    [InlineData("{\"source\":\"\\ud800\"}")]
    [InlineData("{\"a\":{")]
    [InlineData("{\"source\":\"\"}x")]
    public async Task What_names_no_source_is_refused(string body)
    {
        var answer = await Validate(running.Gateway, body);
        answer.Status.ShouldBeOneOf(400, 403);
        answer.Problem.ShouldBeOneOf("events-refused", "source-not-registered");
    }

    [Fact]
    public async Task A_source_that_is_not_registered_is_named_as_such()
    {
        var body = Some.Event().Replace(Some.Source, "urn:example:stranger", StringComparison.Ordinal);
        (await Validate(running.Gateway, body)).Problem.ShouldBe("source-not-registered");
    }

    [Theory]
    [InlineData("application/cloudevents-batch+json")]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task One_event_in_structured_mode_is_taken_alone(string type) =>
        (await Validate(running.Gateway, Some.Event(), type)).Problem.ShouldBe("unsupported-media-type");

    private static Task<Answer> Validate(TestGateway gateway, string body, string type = EventContent.Structured) =>
        gateway.Send(HttpMethod.Post, "/v1/events/validation", null, body, type);
}
