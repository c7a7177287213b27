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
    private static readonly string[] Names =
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
            var unknown = FindUnknownSections(given.AddCommandLine([.. arguments]).Build());
            var all = new ConfigurationBuilder();
            if (file is not null) all.AddJsonFile(Path.GetFullPath(file), optional: false);
            return Check(all.AddEnvironmentVariables().AddCommandLine([.. arguments]).Build(), [.. unknown]);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException)
        {
            throw new SettingsException($"The settings cannot be read: {exception.Message}");
        }
    }

    /// <summary>Reads the settings from a configuration.</summary>
    public static BridgeSettings Read(IConfiguration configuration) => Check(configuration, []);

    /// <summary>Reads the settings; <paramref name="problems"/> is what is wrong already.</summary>
    private static BridgeSettings Check(IConfiguration configuration, List<string> problems)
    {
        var settings = new BridgeSettings(
            Bind<BridgeOptions>(BridgeOptions.Section), Bind<PlatformOptions>(PlatformOptions.Section),
            Bind<BatchOptions>(BatchOptions.Section), Bind<BufferOptions>(BufferOptions.Section),
            Bind<DeadLetterOptions>(DeadLetterOptions.Section), Bind<FolderOptions>(FolderOptions.Section),
            Bind<KafkaOptions>(KafkaOptions.Section), Bind<MqttOptions>(MqttOptions.Section),
            Bind<TelemetryOptions>(TelemetryOptions.Section));
        problems.AddRange(settings.Problems());
        return problems.Count == 0
            ? settings
            : throw new SettingsException("Settings are wrong:\n  " + string.Join("\n  ", problems));

        T Bind<T>(string section)
            where T : new()
        {
            var names = typeof(T).GetProperties().Select(property => property.Name).ToArray();
            problems.AddRange(configuration.GetSection(section).GetChildren().Select(child => child.Key)
                .Except(names, StringComparer.OrdinalIgnoreCase)
                .Select(unknown => $"There is no setting {section}:{unknown}. There are: {string.Join(", ", names)}."));
            var options = new T();
            try
            {
                configuration.GetSection(section).Bind(options);
            }
            catch (InvalidOperationException exception)
            {
                problems.Add($"A setting of {section} has no such form: {exception.Message}");
            }
            return options;
        }
    }

    /// <summary>Returns a sentence for each file that a setting names and that cannot be read now.</summary>
    public IEnumerable<string> FindUnreadableFiles() =>
        from one in Sections()
        from property in one.Options.GetType().GetProperties()
        where property.Name.EndsWith("File", StringComparison.Ordinal) && property.Name != nameof(BridgeOptions.HealthFile)
        let path = property.GetValue(one.Options) as string
        where !string.IsNullOrEmpty(path) && !IsReadable(path)
        select $"{one.Section}:{property.Name}: {path} does not exist or cannot be read by this account.";

    private IEnumerable<string> Problems()
    {
        foreach (var (section, options) in Sections())
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

    private (string Section, object Options)[] Sections() =>
    [
        (BridgeOptions.Section, Bridge), (PlatformOptions.Section, Platform), (BatchOptions.Section, Batches),
        (BufferOptions.Section, Buffer), (DeadLetterOptions.Section, DeadLetters), (FolderOptions.Section, Folder),
        (KafkaOptions.Section, Kafka), (MqttOptions.Section, Mqtt),
    ];

    private static bool IsReadable(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
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

    /// <summary>A mistyped section would leave its settings at their defaults.</summary>
    private static IEnumerable<string> FindUnknownSections(IConfiguration given) =>
        given.GetChildren().Select(child => child.Key).Except(Names, StringComparer.OrdinalIgnoreCase)
            .Select(unknown => $"There is no section {unknown}. There are: {string.Join(", ", Names)}.");
}
