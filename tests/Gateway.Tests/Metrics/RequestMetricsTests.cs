using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Testing;

namespace Scoring.Metrics;

public sealed class RequestMetricsTests
{
    private const string Programme = "http.route=/v1/programmes/{p:programme}";

    [Fact]
    public async Task A_request_is_counted_by_route_and_outcome_and_never_by_a_value_of_its_address()
    {
        await using var gateway = await TestGateway.Start();
        using var measured = new MeasureListener(ofAllFlows: true);
        await gateway.Get("/v1/programmes/programme-81c2f5");
        await gateway.Get("/address-81c2f5?query-81c2f5");
        await gateway.Send(new HttpMethod("METHOD-81C2F5"), "/v1/events", null);
        await gateway.Get("/health/live");
        string[] expected =
        [
            $"{{http.request.method=GET,{Programme},outcome=not-found}}",
            "{http.request.method=GET,http.route=unmatched,outcome=not-found}",
            "{http.request.method=_OTHER,http.route=unmatched,outcome=method-not-allowed}",
            "{http.request.method=GET,http.route=/health/live,outcome=2xx}",
        ];
        // An answer is counted once it has left.
        foreach (var tags in expected) await Until(measured, "scoring.http.requests" + tags);
        measured.Count($"scoring.http.request.duration{{http.request.method=GET,{Programme}}}").ShouldBeGreaterThan(0);
        measured.Names.ShouldAllBe(name => !name.Contains("81c2f5", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_request_that_throws_keeps_its_route()
    {
        await using var gateway = await TestGateway.Start();
        using var measured = new MeasureListener(ofAllFlows: true);
        gateway.City.OnAppend = _ => Task.FromException<Intake.IntakeOutcome>(new LedgerUnavailableException());
        (await gateway.PostEvents(Some.Event())).Status.ShouldBe(503);
        const string Counted = "scoring.http.requests{http.request.method=POST,http.route=/v1/events,outcome=unavailable}";
        await Until(measured, Counted);
    }

    private static async Task Until(MeasureListener measured, string name)
    {
        try
        {
            await TestCondition.Until(() => measured.Count(name) > 0);
        }
        catch (OperationCanceledException)
        {
            measured.Names.ShouldContain(name);
        }
    }
}
