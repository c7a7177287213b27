using System.Reflection;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Scoring.Settings;

/// <summary>What a process reads of a configuration, and what in it no process reads.</summary>
/// <param name="sections">The sections that the process reads.</param>
internal sealed class SettingNames(IReadOnlyList<SettingsSection> sections)
{
    /// <summary>
    /// Sections that other processes of the platform read. One file or environment may serve all of them, so each process passes over the
    /// others' sections. A test holds the list.
    /// </summary>
    private static readonly string[] OfOthers =
    [
        "Audit", "Background", "Bridge", "Checkpoints", "Clock", "Cluster", "Contests", "DevelopmentIssuer", "Enrolments", "Erasures",
        "Exports", "Gateway", "Health", "Inbox", "Intake", "Keys", "Ledger", "Metrics", "Notice", "Notices", "Participants",
        "Partitions", "Portal", "Postgres", "Programmes", "Publication", "Queries", "Recomputation", "Retention", "RuleBook",
        "SetAside", "Simulation", "Standalone", "Statistics", "Storage", "Streams", "Subjects", "Telemetry",
    ];

    /// <summary>Settings of a section that silos and gateways share, and the clock of Development.</summary>
    private static readonly string[] Shared =
    [
        "Cluster:Clustering", "Cluster:Address", "Cluster:SiloPort", "Cluster:GatewayPort", "Cluster:ProbeSeconds",
        "Cluster:ShutdownSeconds", "Cluster:RefreshSeconds", "Cluster:ResponseSeconds", "Cluster:RetrySeconds", "Scoring:Clock:File",
    ];

    /// <summary>Sections of .NET's hosting.</summary>
    private static readonly string[] OfHosting =
    [
        "AllowedHosts", "ApplicationName", "CaptureStartupErrors", "Certificates", "ContentRoot", "DetailedErrors", "Environment",
        "ForwardedHeaders_Enabled", "HostFilteringOptions", "HostOptions", "HostingStartupAssemblies", "Http_Ports", "Https_Port",
        "Https_Ports", "Kestrel", "Logging", "PreventHostingStartup", "ReloadConfigOnChange", "ServerUrls", "ShutdownTimeoutSeconds",
        "StartupAssembly", "SuppressStatusMessages", "Urls", "WebRoot", "Orleans",
    ];

    private readonly HashSet<string> _own = new(sections.Select(section => Root(section.Name)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns a sentence for each key of the configuration that nothing reads.</summary>
    public IEnumerable<string> FindUnknown(IConfigurationRoot configuration) =>
        (from provider in configuration.Providers
         let isEnvironment = provider is EnvironmentVariablesConfigurationProvider or ChainedConfigurationProvider
         from pair in new ConfigurationRoot([provider]).AsEnumerable()
         where pair.Value is not null
         let fault = Fault(pair.Key, isEnvironment)
         where fault is not null
         select fault).Distinct();

    /// <summary>Returns the property of a setting and what follows it in the key; <see langword="null"/> for no setting.</summary>
    public (PropertyInfo Property, string Below)? Find(string key)
    {
        foreach (var section in sections)
        {
            if (!key.StartsWith(section.Name + ":", StringComparison.OrdinalIgnoreCase)) continue;
            var parts = key[(section.Name.Length + 1)..].Split(':', 2);
            var property = section.Properties.FirstOrDefault(one => one.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
            if (property is null || (parts.Length > 1 && !SettingFormat.IsList(property.PropertyType))) continue;
            return (property, parts.Length > 1 ? parts[1] : "");
        }
        return null;
    }

    private string? Fault(string key, bool isEnvironment)
    {
        var root = Root(key);
        if (_own.Contains(root))
        {
            if (!key.Contains(':', StringComparison.Ordinal) || Find(key) is not null || IsIn(Shared, key)) return null;
            return $"There is no setting {key}.{Meant(key, sections.SelectMany(section => section.Names).Concat(Shared))}";
        }
        if (IsIn(OfOthers, root) || IsIn(OfHosting, root) || IsIn(Shared, key)) return null;
        var nearest = NearestName.Of(root, _own.Concat(OfOthers));
        // An environment is full of variables of others. One that is nearly ours is a mistake.
        return isEnvironment && (nearest is null || !key.Contains(':', StringComparison.Ordinal))
            ? null
            : $"There is no section {root}, which {key} names.{(nearest is null ? "" : $" Did you mean {nearest}?")}";
    }

    private static string Meant(string key, IEnumerable<string> names) =>
        NearestName.Of(key, names) is { } nearest ? $" Did you mean {nearest}?" : "";

    private static bool IsIn(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string Root(string key) => key.Split(':', 2)[0];
}
