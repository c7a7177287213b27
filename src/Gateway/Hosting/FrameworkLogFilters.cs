using Scoring.Signals;

namespace Scoring.Hosting;

/// <summary>Keeps the framework from logging addresses, tokens and errors in them. A configuration may log less, but not more.</summary>
internal static class FrameworkLogFilters
{
    private static readonly Dictionary<string, LogLevel> Lowest = new()
    {
        ["Microsoft.AspNetCore.Hosting.Diagnostics"] = LogLevel.Warning,
        ["Microsoft.AspNetCore.Routing"] = LogLevel.Warning,
        ["Microsoft.AspNetCore.Authentication"] = LogLevel.Warning,
        ["Microsoft.AspNetCore.Authorization"] = LogLevel.Warning,
        ["Microsoft.AspNetCore.Http"] = LogLevel.Warning,
        ["Microsoft.AspNetCore.Server.Kestrel"] = LogLevel.Warning,
        ["Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware"] = LogLevel.None, // it logs exceptions' messages
        ["Microsoft.IdentityModel"] = LogLevel.Warning,
    };

    /// <summary>Adds the filters.</summary>
    public static void Apply(ILoggingBuilder logging) => logging.LimitLevels(Lowest);
}
