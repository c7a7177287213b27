using System.Net;
using Microsoft.Extensions.Hosting.Systemd;

namespace Scoring.Supervision;

/// <summary>
/// Gives systemd a sign of life each time the process has answered its own <c>/health/live</c>. A process that hangs, or whose web server
/// does not get to answer, gives none; systemd then ends it and starts it again. What the process depends on has no part in it: a new start
/// mends no database.
/// </summary>
/// <param name="notifier">The way to systemd.</param>
/// <param name="lifetime">Tells when the process has started: until then systemd expects no signs.</param>
/// <param name="address">Where the process answers; <see langword="null"/> when it answers nowhere.</param>
/// <param name="interval">The longest time between two signs. The process is asked four times in it.</param>
/// <param name="log">The log.</param>
internal sealed partial class Watchdog(
    ISystemdNotifier notifier, IHostApplicationLifetime lifetime, Func<string?> address, TimeSpan interval, ILogger<Watchdog> log)
    : BackgroundService
{
    private const int AsksInInterval = 4;

    private static readonly ServiceState Alive = new("WATCHDOG=1");

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Started(stoppingToken);
            if (HealthAddress.Of(address()) is not { } live)
            {
                NoAddress();
                return;
            }
            using var client = Client(live);
            using var timer = new PeriodicTimer(interval / AsksInInterval);
            do
            {
                if (await Answers(client, live, stoppingToken)) notifier.Notify(Alive);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task Started(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private async Task<bool> Answers(HttpClient client, Uri live, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(live, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.IsSuccessStatusCode) return true;
            NotLive((int)answer.StatusCode);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            NoAnswer(exception.GetType().Name);
        }
        return false;
    }

    /// <summary>Each question opens a connection of its own, as a stranger's would.</summary>
    private HttpClient Client(Uri live)
    {
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.Zero, UseProxy = false, UseCookies = false, AllowAutoRedirect = false,
        };
        // The address is this machine's own, which is not the name in the certificate.
        if (live.Scheme == Uri.UriSchemeHttps) handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return new HttpClient(handler) { Timeout = interval / AsksInInterval, DefaultRequestVersion = HttpVersion.Version11 };
    }

    [LoggerMessage(2831, LogLevel.Error, "The process gives systemd no sign of life, since it answers that it is not live: {Status}")]
    private partial void NotLive(int status);

    [LoggerMessage(2832, LogLevel.Error, "The process gives systemd no sign of life, since it does not answer about its health: {Kind}")]
    private partial void NoAnswer(string kind);

    [LoggerMessage(2833, LogLevel.Critical,
        "systemd expects signs of life, and this process answers nowhere about its health. Set Health:Url, or do without WatchdogSec=")]
    private partial void NoAddress();
}
