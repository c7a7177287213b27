using System.CommandLine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Scoring.Bridge.Settings;
using Scoring.Signals;

namespace Scoring.Bridge.Commands;

/// <summary>The command line: one command that carries until it is stopped.</summary>
internal static class BridgeCommand
{
    /// <summary>Builds the command.</summary>
    public static RootCommand Build()
    {
        var config = Config();
        var settings = Settings();
        var check = new Option<bool>("--check") { Description = "Check the settings and end." };
        var root = new RootCommand("Carries a source's events from Kafka, MQTT or a folder of files to the scoring platform.")
        {
            config, check, settings, CheckConfig(),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(async (parsed, cancellationToken) =>
        {
            var all = BridgeSettings.Read(parsed.GetValue(config), Given(parsed, settings));
            if (!parsed.GetValue(check)) await Run(all, cancellationToken);
            return 0;
        });
        return root;
    }

    /// <summary>Carries until it is cancelled.</summary>
    public static async Task Run(BridgeSettings settings, CancellationToken cancellationToken)
    {
        using var logs = LoggerFactory.Create(
            builder => AddConsole(builder, settings.Bridge.Logs).ExportLogs(settings.Telemetry, "scoring-bridge"));
        using var measures = settings.Telemetry.ExportMeasures("scoring-bridge");
        await using var bridge = Composition.Create(settings, logs, TimeProvider.System);
        await bridge.Run(cancellationToken);
    }

    private static ILoggingBuilder AddConsole(ILoggingBuilder builder, LogForm form)
    {
        return form == LogForm.Json ? builder.AddJsonConsole(Stamp) : builder.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            Stamp(console);
        });

        static void Stamp(ConsoleFormatterOptions console)
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
        }
    }

    /// <summary>The command that every process of the platform has. Its exit code for a mistake is 1, as theirs.</summary>
    private static Command CheckConfig()
    {
        var config = Config();
        var settings = Settings();
        var command = new Command("check-config", "Name every mistake of the settings, and carry nothing.") { config, settings };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed =>
        {
            var given = Given(parsed, settings);
            try
            {
                string[] faults = [.. BridgeSettings.Read(parsed.GetValue(config), given).FindUnreadableFiles()];
                if (faults.Length > 0) throw new SettingsException("Settings are wrong:\n  " + string.Join("\n  ", faults));
                Console.WriteLine("The settings are right.");
                return 0;
            }
            catch (SettingsException exception)
            {
                Console.WriteLine(exception.Message);
                return 1;
            }
        });
        return command;
    }

    private static Option<string?> Config() => new("--config")
    {
        Description = "A JSON file with the settings. The environment (Section__Name) and the command line override it.",
    };

    private static Argument<string[]> Settings() => new("SETTING")
    {
        Description = "--Section:Name=value; docs/bridge.md lists all of them.", Arity = ArgumentArity.ZeroOrMore,
    };

    private static string[] Given(ParseResult parsed, Argument<string[]> settings)
    {
        string[] given = [.. parsed.GetValue(settings) ?? [], .. parsed.UnmatchedTokens];
        return given.FirstOrDefault(one => !IsSetting(one)) is { } wrong
            ? throw new SettingsException($"{wrong} is no setting. Write --Section:Name=value.")
            : given;
    }

    private static bool IsSetting(string text) =>
        text.StartsWith("--", StringComparison.Ordinal) && text.Contains(':', StringComparison.Ordinal)
        && text.Contains('=', StringComparison.Ordinal);
}
