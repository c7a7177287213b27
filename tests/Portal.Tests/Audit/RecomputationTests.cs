using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Scoring.Client;
using Scoring.Hosting;
using Scoring.Languages;

namespace Scoring.Audit;

/// <summary>A score is worked out again.</summary>
public sealed class RecomputationTests(SharedPortal portal) : PortalTest(portal)
{
    /// <summary>The whole way by keyboard alone.</summary>
    [Fact]
    public async Task A_services_answer_is_worked_out_again_by_keyboard_alone()
    {
        var subject = await Portal.Enrol("participant-2");
        await Portal.Send(subject, "traffic.vehicle-check", ("result", "pass"));
        var answer = await Portal.Query(subject.Resident.Grant!);
        var visitor = await Visit();
        await visitor.OpenCase("accuracy");
        await visitor.Press("main a[href^='/audit/recomputation?']");
        await visitor.Type("input[name=by]:checked", null, "ArrowDown"); // from the code to the reference
        await visitor.Type("#name", answer.Reference);
        await visitor.Press("form.page button[type=submit]");

        (await visitor.Page.Locator("#recomputed").InnerTextAsync()).ShouldBe($"{answer.Score}");
        (await visitor.Page.Locator("#live").InnerTextAsync()).ShouldBe($"{answer.Score}");
        var said = await visitor.Main();
        said.ShouldContain("Both scores are the same");
        said.ShouldContain("the score that the service was told");
        await visitor.Page.ReloadAsync();
        (await subject.Looks()).Count(look => look.By == "auditor").ShouldBe(1);
    }

    [Fact]
    public async Task Scores_that_differ_are_an_alarm_in_words()
    {
        var html = await Render(new Client.Recomputation(
            7, new DateOnly(2026, 11, 30), new Client.ScoreValue(520, "steady"), new Client.ScoreValue(580, "steady"), Agree: false));
        html.ShouldContain("role=\"alert\"");
        html.ShouldContain("The scores differ");
        html.ShouldContain("520");
        html.ShouldContain("580");
        html.ShouldNotContain("the same");
    }

    private static async Task<string> Render(Client.Recomputation answer)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(new Texts(Language.All[0]))
            .AddSingleton(new PortalOptions()).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync(
            typeof(RecomputationView),
            ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(RecomputationView.Answer)] = answer }))).ToHtmlString());
    }
}
