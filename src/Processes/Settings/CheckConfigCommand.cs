namespace Scoring.Settings;

/// <summary>
/// The command <c>check-config</c> of a process. It prints every mistake of the configuration and starts nothing. The exit code is 0 for a
/// configuration without a mistake, 1 for one with mistakes, and 2 when the command itself is written wrongly.
/// </summary>
/// <param name="process">The name of the process's program.</param>
/// <param name="check">The check of its configuration.</param>
/// <param name="output">Where the result is written.</param>
public sealed class CheckConfigCommand(string process, ConfigurationCheck check, TextWriter output)
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "check-config";

    private const string Page = "docs/configuration.md";

    /// <summary>Runs the command.</summary>
    /// <param name="settings">What follows the word on the command line: settings, as the process itself takes them.</param>
    /// <param name="host">Makes the process's host from the settings.</param>
    /// <param name="register">Registers the process's services on the host.</param>
    public int Run<T>(string[] settings, Func<string[], T> host, Action<T> register) where T : IHostApplicationBuilder
    {
        if (settings.FirstOrDefault(text => !IsSetting(text)) is { } wrong) return Usage(wrong);
        try
        {
            var builder = host(settings);
            builder.Configuration.AddSecrets();
            var given = check.Count(builder.Configuration);
            var faults = check.FindFaults(builder, () => register(builder));
            return faults.Count == 0 ? Right(given, builder.Environment.EnvironmentName) : Wrong(faults);
        }
        catch (Exception exception) when (exception is SecretsFolderException or InvalidDataException or IOException)
        {
            var cause = exception.GetBaseException();
            return Wrong([cause == exception ? exception.Message : $"{exception.Message} {cause.Message}"]);
        }
    }

    private int Right(int given, string environment)
    {
        output.WriteLine(
            $"The configuration of {process} is right. It gives {given} settings; all others have their defaults ({environment}).");
        return 0;
    }

    private int Wrong(IReadOnlyList<string> faults)
    {
        output.WriteLine($"The configuration of {process} has {(faults.Count == 1 ? "1 mistake" : $"{faults.Count} mistakes")}:");
        foreach (var fault in faults) output.WriteLine($"  - {fault.ReplaceLineEndings("\n    ")}");
        output.WriteLine($"{Page} lists all settings with their defaults and ranges.");
        return 1;
    }

    private int Usage(string wrong)
    {
        output.WriteLine($"{wrong} is no setting.");
        output.WriteLine($"Usage: {process} {Name} [--Section:Name=value ...]");
        return 2;
    }

    private static bool IsSetting(string text) =>
        text.StartsWith("--", StringComparison.Ordinal) && text.Contains('=', StringComparison.Ordinal);
}
