using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Scoring.Health;

public sealed class HealthListenerTests : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private WebApplication? _app;
    private Func<HealthReports, Task> _atStart = _ => Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_process_that_is_told_to_stop_is_not_ready_first_and_serves_requests_until_it_has_drained()
    {
        await Start(new SampleCheck(), ("Health:DrainSeconds", "300"));
        (await Get("ready")).ShouldBe((HttpStatusCode.OK, """{"status":"ready"}"""));
        using var drained = new CancellationTokenSource();
        var stop = _app!.StopAsync(drained.Token);
        (await Get("ready")).ShouldBe((HttpStatusCode.ServiceUnavailable, """{"status":"not-ready","obstacle":"stopping"}"""));
        (await Get("live")).Status.ShouldBe(HttpStatusCode.OK);
        (await _http.GetStringAsync(new Uri(AddressOf(_app), "/work"), Cancel)).ShouldBe("done");
        _app.Services.GetRequiredService<Drain>().Over.IsCancellationRequested.ShouldBeFalse();
        stop.IsCompleted.ShouldBeFalse();
        await drained.CancelAsync(); // as if the time were over
        await stop;
        _app.Services.GetRequiredService<Drain>().Over.IsCancellationRequested.ShouldBeTrue();
        await Should.ThrowAsync<HttpRequestException>(() => _http.GetStringAsync(new Uri(AddressOf(_app), "/work"), Cancel));
    }

    [Fact]
    public async Task An_unhealthy_check_that_decides_readiness_is_the_obstacle_and_a_degraded_one_is_none()
    {
        var check = new SampleCheck();
        await Start(check, ("Health:KeepMs", "0"));
        check.Find = _ => Task.FromResult(HealthCheckResult.Degraded("So so."));
        (await Get("ready")).Status.ShouldBe(HttpStatusCode.OK);
        (await Get("detail")).Status.ShouldBe(HttpStatusCode.OK);
        check.Find = _ => Task.FromResult(HealthCheckResult.Unhealthy("Bad."));
        (await Get("ready")).ShouldBe((HttpStatusCode.ServiceUnavailable, """{"status":"not-ready","obstacle":"sampled"}"""));
        var (status, text) = await Get("detail");
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var detail = JsonNode.Parse(text)!;
        (detail["status"]!.GetValue<string>(), detail["process"]!.GetValue<string>()).ShouldBe(("unhealthy", "sample"));
        var found = detail["checks"]![0]!;
        found["name"]!.GetValue<string>().ShouldBe("sample");
        found["found"]!.GetValue<string>().ShouldBe("Bad.");
        found["advice"]!.GetValue<string>().ShouldBe("Mend it.");
        (await Get("detail.txt")).Text.ShouldContain("unhealthy  sample  Bad.");
    }

    [Fact]
    public async Task A_check_that_does_not_answer_and_one_that_throws_are_unhealthy_and_no_text_of_an_exception_is_shown()
    {
        var check = new SampleCheck();
        await Start(check, ("Health:KeepMs", "0"), ("Health:CheckMs", "10"));
        check.Find = async _ => await new TaskCompletionSource<HealthCheckResult>().Task;
        (await Get("detail")).Text.ShouldContain("It did not answer within 10 ms.");
        check.Find = _ => throw new InvalidOperationException("a-secret");
        var text = (await Get("detail")).Text;
        text.ShouldContain("It failed: InvalidOperationException.");
        text.ShouldNotContain("a-secret");
    }

    [Fact]
    public async Task Many_questions_cost_one_run()
    {
        var check = new SampleCheck();
        await Start(check, ("Health:KeepMs", "60000"));
        var first = new TaskCompletionSource<HealthCheckResult>();
        check.Find = _ => first.Task;
        var asked = Enumerable.Range(0, 5).Select(_ => Get("detail")).ToArray();
        while (check.Runs == 0) await Task.Yield();
        first.SetResult(HealthCheckResult.Healthy("Fine."));
        foreach (var answer in asked) (await answer).Text.ShouldContain("Fine.");
        await Get("detail");
        check.Runs.ShouldBe(1);
        await Get("ready"); // readiness runs its own checks, also once
        await Get("ready");
        check.Runs.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_found_while_the_process_started_is_not_given_again_when_it_has()
    {
        var check = new SampleCheck { Find = _ => Task.FromResult(HealthCheckResult.Unhealthy("It starts.")) };
        string? obstacle = null;
        _atStart = async reports =>
        {
            obstacle = await reports.Obstacle(Cancel);
            check.Find = _ => Task.FromResult(HealthCheckResult.Healthy("Fine."));
        };
        await Start(check, ("Health:KeepMs", "60000"));
        obstacle.ShouldBe("sampled");
        (await Get("ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task Start(SampleCheck check, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(
            [new("Health:Url", "http://127.0.0.1:0"), .. settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))]);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddLogging(logging => logging.ClearProviders());
        builder.AddProcessHealth("sample", drains: true);
        builder.Services.AddSingleton(check).AddCheck<SampleCheck>();
        builder.Services.AddHostedService(services => new ServiceOfStart(() => _atStart(services.GetRequiredService<HealthReports>())));
        _app = builder.Build();
        _app.MapGet("/work", () => "done");
        await _app.StartAsync(Cancel);
    }

    private async Task<(HttpStatusCode Status, string Text)> Get(string path)
    {
        var address = _app!.Services.GetRequiredService<HealthListener>().Address;
        using var answer = await _http.GetAsync(new Uri($"{address}/health/{path}"), Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private sealed class ServiceOfStart(Func<Task> start) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => start();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class SampleCheck : IDescribedCheck
    {
        private int _runs;

        public static CheckDescription Description { get; } = new(
            "sample", "a sample", "so so", "bad", "Mend it.", "docs/operations.md#health")
        {
            Obstacle = "sampled",
        };

        public int Runs => _runs;

        public Func<CancellationToken, Task<HealthCheckResult>> Find { get; set; } =
            _ => Task.FromResult(HealthCheckResult.Healthy("Fine."));

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _runs);
            return Find(cancellationToken);
        }
    }
}
