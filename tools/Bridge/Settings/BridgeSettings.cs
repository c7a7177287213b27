using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Scoring.Signals;

namespace Scoring.Bridge.Settings;

/// <summary>Something outside the bridge must change before it can run. The message is for the operator, and holds no secret.</summary>
internal sealed class SettingsException(string message) : Exception(message);

/// <summary>All settings of the bridge, checked.</summary>
internal sealed record BridgeSettings(
    BridgeOptions Bridge, PlatformOptions Platform, BatchOptions Batches, BufferOptions Buffer, DeadLetterOptions DeadLetters,
    FolderOptions Folder, KafkaOptions Kafka, MqttOptions Mqtt, TelemetryOptions Telemetry)
{
    private static readonly string[] Sections =
    [
        BridgeOptions.Section, PlatformOptions.Section, BatchOptions.Section, BufferOptions.Section, DeadLetterOptions.Section,
        FolderOptions.Section, KafkaOptions.Section, MqttOptions.Section, TelemetryOptions.Section,
    ];

    /// <summary>Reads the settings from a file, the environment and the command line; each overrides the one before.</summary>
    /// <param name="file">A JSON file; <see langword="null"/> for none.</param>
    /// <param name="arguments">Settings as <c>--Section:Name=value</c>.</param>
    /// <exception cref="SettingsException">A setting is missing, unknown or outside its range. The message names all of them.</exception>
    public static BridgeSettings Read(string? file, IReadOnlyList<string> arguments)
    {
        try
        {
            var given = new ConfigurationBuilder();
            if (file is not null) given.AddJsonFile(Path.GetFullPath(file), optional: false);
            RefuseUnknownSections(given.AddCommandLine([.. arguments]).Build());
            var all = new ConfigurationBuilder();
            if (file is not null) all.AddJsonFile(Path.GetFullPath(file), optional: false);
            return Read(all.AddEnvironmentVariables().AddCommandLine([.. arguments]).Build());
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException)
        {
            throw new SettingsException($"The settings cannot be read: {exception.Message}");
        }
    }

    /// <summary>Reads the settings from a configuration.</summary>
    public static BridgeSettings Read(IConfiguration configuration)
    {
        var settings = new BridgeSettings(
            Bind<BridgeOptions>(configuration, BridgeOptions.Section), Bind<PlatformOptions>(configuration, PlatformOptions.Section),
            Bind<BatchOptions>(configuration, BatchOptions.Section), Bind<BufferOptions>(configuration, BufferOptions.Section),
            Bind<DeadLetterOptions>(configuration, DeadLetterOptions.Section),
            Bind<FolderOptions>(configuration, FolderOptions.Section), Bind<KafkaOptions>(configuration, KafkaOptions.Section),
            Bind<MqttOptions>(configuration, MqttOptions.Section),
            Bind<TelemetryOptions>(configuration, TelemetryOptions.Section));
        string[] problems = [.. settings.Problems()];
        return problems.Length == 0
            ? settings
            : throw new SettingsException("Settings are wrong:\n  " + string.Join("\n  ", problems));
    }

    private IEnumerable<string> Problems()
    {
        (string Section, object Options)[] all =
        [
            (BridgeOptions.Section, Bridge), (PlatformOptions.Section, Platform), (BatchOptions.Section, Batches),
            (BufferOptions.Section, Buffer), (DeadLetterOptions.Section, DeadLetters), (FolderOptions.Section, Folder),
            (KafkaOptions.Section, Kafka), (MqttOptions.Section, Mqtt),
        ];
        foreach (var (section, options) in all)
        {
            var found = new List<ValidationResult>();
            Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true);
            foreach (var result in found)
                yield return result.MemberNames.FirstOrDefault() is { } name
                    ? $"{section}:{name}: {result.ErrorMessage}"
                    : result.ErrorMessage!;
        }
        foreach (var fault in Telemetry.Faults()) yield return fault;
        foreach (var missing in Missing()) yield return $"{missing} is required with {BridgeOptions.Section}:From={Bridge.From}.";
    }

    private IEnumerable<string> Missing() => Bridge.From switch
    {
        Origin.Folder => Named((Folder.Path.Length > 0, "Folder:Path")),
        Origin.Kafka => Named((Kafka.Servers.Count > 0, "Kafka:Servers"), (Kafka.Topics.Count > 0, "Kafka:Topics")),
        Origin.Mqtt => Named(
            (Mqtt.Host.Length > 0, "Mqtt:Host"), (Mqtt.ClientId.Length > 0, "Mqtt:ClientId"), (Mqtt.Topics.Count > 0, "Mqtt:Topics"),
            (DeadLetters.Folder.Length > 0, "DeadLetters:Folder")),
        _ => [],
    };

    private static IEnumerable<string> Named(params (bool IsThere, string Name)[] all) =>
        all.Where(one => !one.IsThere).Select(one => one.Name);

    private static T Bind<T>(IConfiguration configuration, string section)
        where T : new()
    {
        try
        {
            var options = new T();
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            return options;
        }
        catch (InvalidOperationException exception)
        {
            throw new SettingsException($"A setting of {section} is unknown or has no such form: {exception.Message}");
        }
    }

    /// <summary>A mistyped section would leave its settings at their defaults.</summary>
    private static void RefuseUnknownSections(IConfiguration given)
    {
        string[] unknown = [.. given.GetChildren().Select(child => child.Key).Except(Sections, StringComparer.OrdinalIgnoreCase)];
        if (unknown.Length > 0)
            throw new SettingsException($"There is no section {string.Join(", ", unknown)}. There are: {string.Join(", ", Sections)}.");
    }
}
