namespace Scoring.Hosting;

/// <summary>Keeps the framework from logging addresses, tokens and errors in them. A host may still turn a category on.</summary>
internal static class FrameworkLogFilters
{
    private static readonly string[] Categories =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Authentication",
        "Microsoft.AspNetCore.Authorization", "Microsoft.AspNetCore.Http", "Microsoft.IdentityModel",
    ];

    /// <summary>Adds the filters.</summary>
    public static void Apply(ILoggingBuilder logging)
    {
        foreach (var category in Categories) logging.AddFilter(category, LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None); // it logs exceptions' messages
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning);
    }
}
