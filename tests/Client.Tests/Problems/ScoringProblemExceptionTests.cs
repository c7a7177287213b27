using System.Net;
using Scoring.Client.Tests.Requests;
using Scoring.Testing;

namespace Scoring.Client.Tests.Problems;

public sealed class ScoringProblemExceptionTests
{
    [Fact]
    public async Task A_refusal_has_its_kind_and_every_error_and_problem()
    {
        var exception = await Refusal(HttpStatusCode.UnprocessableEntity, """
            {"type":"urn:scoring:problem:content-at-fault","title":"Something is wrong.","status":422,"detail":"Look.","problems":[
             {"pointer":"/ruleSet/rules/0","code":"reason-missing","help":"Say why."},
             {"pointer":"/assessment","code":"member-missing","help":"Add it."}],"more":1}
            """);
        exception.Kind.ShouldBe(ProblemKinds.ContentAtFault);
        exception.Problem.Problems!.Count.ShouldBe(2);
        exception.Message.Split('\n').ShouldBe(
        [
            "Something is wrong. (422)", "  Look.", "  /ruleSet/rules/0  reason-missing: Say why.",
            "  /assessment  member-missing: Add it.",
        ]);
    }

    [Fact]
    public async Task The_errors_of_a_body_have_their_pointers()
    {
        var exception = await Refusal(HttpStatusCode.BadRequest, """
            {"type":"urn:scoring:problem:events-refused","title":"No.","status":400,
             "errors":[{"index":3,"pointer":"/3/data/x","detail":"Too much."},{"pointer":"/hash","detail":"Too short."}],"errorsTotal":9}
            """);
        exception.Problem.Errors!.Select(error => error.Index).ShouldBe([3, null]);
        exception.Problem.ErrorsTotal.ShouldBe(9);
        exception.Message.ShouldBe("No. (400)\n  /3/data/x: Too much.\n  /hash: Too short.");
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task An_answer_without_problem_details_is_told_by_its_status(string text)
    {
        var exception = await Refusal(HttpStatusCode.BadGateway, text);
        exception.Kind.ShouldBe("");
        exception.Status.ShouldBe(HttpStatusCode.BadGateway);
        exception.Message.ShouldBe("The platform answered with status 502.");
    }

    [Fact]
    public async Task A_busy_answer_says_when_to_try_again()
    {
        using var client = new ScoringClient(
            new ScoringClientOptions { Addresses = { new Uri("http://gateway.example") }, AttemptsMax = 1 },
            new AnsweringHandler(HttpStatusCode.TooManyRequests) { RetryAfter = TimeSpan.FromSeconds(7) });
        (await Should.ThrowAsync<ScoringProblemException>(() => client.Health.IsLive())).RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void Every_documented_kind_is_a_constant() =>
        typeof(ProblemKinds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order().ShouldBe(
            File.ReadLines(Path.Combine(Repository.Root, "docs", "api.md"))
                .SkipWhile(line => line != "| Kind | Status | When |").Skip(2).TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Split('|')[1].Trim(' ', '`')).Order());

    private static async Task<ScoringProblemException> Refusal(HttpStatusCode status, string text)
    {
        using var client = new ScoringClient(
            new ScoringClientOptions { Addresses = { new Uri("http://gateway.example") } }, new RecordingHandler(text, status));
        return await Should.ThrowAsync<ScoringProblemException>(() => client.Administration.ValidateDraft("safe-driver"));
    }
}
