using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Scoring.Signals;

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
        var byCategory = new ConcurrentDictionary<string, LogLevel>();
        return logging.Limit((_, category, level) => level >= byCategory.GetOrAdd(category ?? "", LowestOf));

        LogLevel LowestOf(string category) => lowest
            .Where(limit => category.StartsWith(limit.Key, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(limit => limit.Key.Length)
            .Select(limit => limit.Value)
            .FirstOrDefault(LogLevel.Trace);
    }

    /// <summary>Limits one provider to some categories.</summary>
    /// <param name="logging">The logging.</param>
    /// <param name="provider">The provider's type.</param>
    /// <param name="allows">Tells whether the provider gets the records of a category.</param>
    internal static ILoggingBuilder LimitCategories(this ILoggingBuilder logging, string provider, Func<string?, bool> allows) =>
        logging.Limit((type, category, _) => type != provider || allows(category));

    private static ILoggingBuilder Limit(this ILoggingBuilder logging, Func<string?, string?, LogLevel?, bool> allows)
    {
        logging.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(new Limits(allows));
        return logging;
    }

    /// <summary>Adds a limit to every rule, and to a rule for the categories that have none.</summary>
    private sealed class Limits(Func<string?, string?, LogLevel?, bool> allows) : IPostConfigureOptions<LoggerFilterOptions>
    {
        public void PostConfigure(string? name, LoggerFilterOptions options)
        {
            var rules = options.Rules.ToArray();
            options.Rules.Clear();
            options.Rules.Add(new LoggerFilterRule(
                null, null, options.MinLevel, (provider, category, level) => allows(provider, category, level)));
            foreach (var rule in rules)
                options.Rules.Add(new LoggerFilterRule(
                    rule.ProviderName, rule.CategoryName, rule.LogLevel,
                    (provider, category, level) =>
                        allows(provider, category, level) && rule.Filter?.Invoke(provider, category, level) != false));
        }
    }
}
