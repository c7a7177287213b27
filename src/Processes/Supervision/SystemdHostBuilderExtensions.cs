using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Console;

namespace Scoring.Supervision;

/// <summary>Makes a process a service of systemd, when systemd has started it. Anywhere else nothing changes.</summary>
public static class SystemdHostBuilderExtensions
{
    private const string Formatter = "Logging:Console:FormatterName";

    /// <summary>
    /// Tells systemd when the process has started and when it stops (<c>Type=notify</c>), and gives signs of life
    /// (<c>WatchdogSec=</c>) as long as the process answers at <c>/health/live</c>. Lines of the log begin with their level, as the
    /// journal reads it, unless the configuration names another form of the log.
    /// </summary>
    /// <param name="builder">The process's host.</param>
    /// <param name="address">
    /// Where the process answers about its health, asked for when it has started; <see langword="null"/> when it answers nowhere.
    /// </param>
    public static IHostApplicationBuilder AddSystemdSupervision(
        this IHostApplicationBuilder builder, Func<IServiceProvider, string?> address)
    {
        if (!IsStartedBySystemd(Environment.GetEnvironmentVariable)) return builder;
        builder.Services.AddSingleton<ISystemdNotifier, SystemdNotifier>().AddSingleton<IHostLifetime, SystemdLifetime>();
        var formatter = builder.Configuration[Formatter] is { Length: > 0 } chosen ? chosen : ConsoleFormatterNames.Systemd;
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = formatter);
        if (WatchdogInterval.FromEnvironment() is not { } interval) return builder;
        // The watchdog asks several times a minute.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddHostedService(services => new Watchdog(
            services.GetRequiredService<ISystemdNotifier>(), services.GetRequiredService<IHostApplicationLifetime>(),
            () => address(services), interval, services.GetRequiredService<ILogger<Watchdog>>()));
        return builder;
    }

    /// <summary>
    /// Tells whether systemd has started the process. The library's own test looks for a parent of that name in /proc, where the units hide
    /// it (<c>ProtectProc=invisible</c>).
    /// </summary>
    internal static bool IsStartedBySystemd(Func<string, string?> variable) =>
        OperatingSystem.IsLinux() && variable("NOTIFY_SOCKET") is { Length: > 0 };
}
