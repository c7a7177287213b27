using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Scoring.Supervision;

/// <summary>Signs of life for systemd: only while the process answers about itself.</summary>
public sealed class WatchdogTests
{
    private const string Microseconds = "30000000";

    [Theory]
    [InlineData(Microseconds, "7", 30.0)]
    [InlineData(Microseconds, null, 30.0)]
    [InlineData(Microseconds, "8", null)]
    [InlineData("0", "7", null)]
    [InlineData("soon", "7", null)]
    [InlineData(null, "7", null)]
    public void Signs_are_given_when_systemd_expects_them_from_this_process(string? microseconds, string? process, double? seconds) =>
        (WatchdogInterval.Parse(microseconds, process, own: 7)?.TotalSeconds).ShouldBe(seconds);

    [Theory]
    [InlineData("http://0.0.0.0:5085", "http://127.0.0.1:5085/health/live")]
    [InlineData("http://[::]:5085", "http://[::1]:5085/health/live")]
    [InlineData("http://*:80", "http://127.0.0.1/health/live")]
    [InlineData("https://10.0.0.7:5443", "https://10.0.0.7:5443/health/live")]
    public void A_process_asks_itself_on_this_machine(string listening, string asked) =>
        HealthAddress.Of(listening)!.ToString().ShouldBe(asked);

    [Fact]
    public void A_process_that_listens_nowhere_has_no_address() => HealthAddress.Of(null).ShouldBeNull();

    [Fact]
    public async Task A_process_that_is_not_live_gives_no_sign_until_it_is_live_again()
    {
        var token = TestContext.Current.CancellationToken;
        var status = StatusCodes.Status200OK;
        await using var app = Listening(() => status);
        await app.StartAsync(token);
        var notices = new Notices();
        var log = new Lines();
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        using var watchdog = new Watchdog(
            notices, lifetime, () => HealthAddress.OfServer(app.Services), TimeSpan.FromSeconds(2), new Logger<Watchdog>(log));
        await watchdog.StartAsync(token);
        lifetime.NotifyStarted();

        (await notices.Given.Reader.ReadAsync(token)).ShouldBe("WATCHDOG=1");

        status = StatusCodes.Status503ServiceUnavailable;
        await log.Events.Reader.ReadAsync(token);
        while (notices.Given.Reader.TryRead(out _)) { } // signs of before
        (await log.Events.Reader.ReadAsync(token)).ShouldBe(2831);
        notices.Given.Reader.TryRead(out _).ShouldBeFalse("a sign of a process that is not live");

        status = StatusCodes.Status200OK;
        (await notices.Given.Reader.ReadAsync(token)).ShouldBe("WATCHDOG=1");
        await watchdog.StopAsync(token);
    }

    private static WebApplication Listening(Func<int> status)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/health/live", (HttpContext http) =>
        {
            http.Response.StatusCode = status();
            return Task.CompletedTask;
        });
        return app;
    }

    private sealed class Notices : ISystemdNotifier
    {
        public Channel<string> Given { get; } = Channel.CreateUnbounded<string>();

        public bool IsEnabled => true;

        public void Notify(ServiceState state) => Given.Writer.TryWrite(state.ToString()!);
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        public Channel<int> Events { get; } = Channel.CreateUnbounded<int>();

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Events.Writer.TryWrite(eventId.Id);
    }
}
