using Scoring.Counters;

/// <summary>
/// What .NET calls in a process that starts with DOTNET_STARTUP_HOOKS. It has this name and no namespace, because the runtime looks for
/// it. A silo has no address for its metrics, so this counts them inside the silo.
/// </summary>
internal static class StartupHook
{
    /// <summary>Begins to count, into the file that the environment names.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(SiloCounters.Variable) is { } file) SiloCounters.Record(file);
    }
}
