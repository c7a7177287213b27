using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Scoring.Telemetry;

/// <summary>
/// Sets the lowest level at which categories may log, whatever the configuration says. A plain filter is not enough: a rule of the
/// configuration for one provider (<c>Logging:Console:LogLevel:Default</c>) or for a longer category takes precedence over it.
/// </summary>
public static class LogLevelLimits
{
    /// <summary>
    /// Adds limits. A category has the limit of the longest name that it begins with; without one it has no limit. Where limits are added
    /// more than once, all of them hold.
    /// </summary>
    public static ILoggingBuilder LimitLevels(this ILoggingBuilder logging, IReadOnlyDictionary<string, LogLevel> lowest)
    {
        logging.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(new Limits(lowest));
        return logging;
    }

    /// <summary>Adds the limits to every rule, and to a rule for the categories that have none.</summary>
    private sealed class Limits(IReadOnlyDictionary<string, LogLevel> lowest) : IPostConfigureOptions<LoggerFilterOptions>
    {
        private readonly ConcurrentDictionary<string, LogLevel> _byCategory = new();

        public void PostConfigure(string? name, LoggerFilterOptions options)
        {
            var rules = options.Rules.ToArray();
            options.Rules.Clear();
            options.Rules.Add(new LoggerFilterRule(null, null, options.MinLevel, (_, category, level) => Allows(category, level)));
            foreach (var rule in rules)
                options.Rules.Add(new LoggerFilterRule(
                    rule.ProviderName, rule.CategoryName, rule.LogLevel,
                    (provider, category, level) =>
                        Allows(category, level) && rule.Filter?.Invoke(provider, category, level) != false));
        }

        private bool Allows(string? category, LogLevel? level) => level >= _byCategory.GetOrAdd(category ?? "", Lowest);

        private LogLevel Lowest(string category) => lowest
            .Where(limit => category.StartsWith(limit.Key, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(limit => limit.Key.Length)
            .Select(limit => limit.Value)
            .FirstOrDefault(LogLevel.Trace);
    }
}
