using System.Reflection;
using Microsoft.Extensions.Options;

namespace Scoring.Settings;

/// <summary>Finds every mistake of a process's configuration without starting the process.</summary>
public sealed class ConfigurationCheck
{
    private readonly IReadOnlyList<SettingsSection> _sections;
    private readonly SettingNames _names;

    /// <summary>A check of the settings that options classes of these assemblies read.</summary>
    public ConfigurationCheck(params IEnumerable<Assembly> assemblies)
    {
        _sections = SettingsSection.In([.. assemblies, typeof(ConfigurationCheck).Assembly]);
        _names = new SettingNames(_sections);
    }

    /// <summary>
    /// Options whose making needs what only a start creates. Their annotations are checked, and nothing else of them.
    /// </summary>
    public IReadOnlyCollection<Type> Incomplete { get; init; } = [];

    /// <summary>Further mistakes of the process, found in a configuration in which each text has the form of its setting.</summary>
    public Func<IConfiguration, IEnumerable<string>> Further { get; init; } = _ => [];

    /// <summary>Returns how many settings of the process a configuration gives.</summary>
    public int Count(IConfiguration configuration) =>
        configuration.AsEnumerable().Count(pair => pair.Value is not null && _names.Find(pair.Key) is not null);

    /// <summary>Returns a sentence for each mistake, none of them twice. No value of a secret is in it.</summary>
    /// <param name="builder">The process's host, of which nothing is started. Its configuration is replaced.</param>
    /// <param name="register">Registers the process's services.</param>
    public IReadOnlyList<string> FindFaults(IHostApplicationBuilder builder, Action register)
    {
        var found = new List<string>(_names.FindUnknown((IConfigurationRoot)builder.Configuration));
        found.AddRange(KeepWellFormed(builder.Configuration));
        found.AddRange(FindMissingPaths(builder.Configuration));
        found.AddRange(Further(builder.Configuration));
        try
        {
            register();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            found.Add(exception.Message);
        }
        // It is not disposed: some services can only be disposed asynchronously, and the process ends after the check.
        var services = builder.Services.BuildServiceProvider();
        foreach (var section in _sections)
        {
            var isMade = !Incomplete.Contains(section.Type) && IsRegistered(section.Type, builder.Services);
            if (isMade) found.AddRange(FindFaults(section, services, builder.Configuration));
            else if (Incomplete.Contains(section.Type)) found.AddRange(FindFaults(section, builder.Configuration));
        }
        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Returns the settings whose text has not the form of their type, and takes them out.</summary>
    private List<string> KeepWellFormed(IConfigurationManager configuration)
    {
        var found = new List<string>();
        var kept = new Dictionary<string, string?>();
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is null) continue;
            if (_names.Find(key) is var (property, rest) && SettingFormat.Fault(property, rest, value) is { } fault)
                found.Add($"{key}: {fault}.");
            else kept[key] = value;
        }
        configuration.Sources.Clear();
        configuration.AddInMemoryCollection(kept);
        return found;
    }

    private IEnumerable<string> FindMissingPaths(IConfiguration configuration) =>
        from section in _sections
        from property in section.Properties
        where property.IsDefined(typeof(NamesPathAttribute))
        let name = $"{section.Name}:{property.Name}"
        let path = configuration[name]
        where !string.IsNullOrEmpty(path)
        let fault = FaultOf(path)
        where fault is not null
        select $"{name}: {path} {fault}.";

    private static string? FaultOf(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                _ = Directory.EnumerateFileSystemEntries(path).Any();
                return null;
            }
            if (!File.Exists(path)) return "does not exist";
            using var file = File.OpenRead(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "cannot be read by this account";
        }
    }

    /// <summary>
    /// Makes the options as the process would, so that each of their checks runs. When they cannot be made, their annotations are checked
    /// nevertheless.
    /// </summary>
    private static IEnumerable<string> FindFaults(SettingsSection section, IServiceProvider services, IConfiguration configuration)
    {
        try
        {
            var options = services.GetRequiredService(typeof(IOptions<>).MakeGenericType(section.Type));
            _ = options.GetType().GetProperty(nameof(IOptions<>.Value))!.GetValue(options);
            return [];
        }
        catch (TargetInvocationException exception) when (exception.InnerException is OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
        catch (Exception exception)
        {
            return [(exception.InnerException ?? exception).Message, .. FindFaults(section, configuration)];
        }
    }

    private static IEnumerable<string> FindFaults(SettingsSection section, IConfiguration configuration)
    {
        var options = Activator.CreateInstance(section.Type)!;
        configuration.GetSection(section.Name).Bind(options);
        return SettingsSection.FindFaults(section.Name, options);
    }

    private static bool IsRegistered(Type options, IServiceCollection services)
    {
        var configures = typeof(IConfigureOptions<>).MakeGenericType(options);
        return services.Any(service => service.ServiceType == configures);
    }
}
