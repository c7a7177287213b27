namespace Scoring.Hosting;

/// <summary>Tells a failure of a silo's runtime from one of the code that it runs.</summary>
public static class RuntimeFailures
{
    /// <summary>
    /// Whether an exception was thrown inside Orleans, in this process or in another one. That silo is in trouble, for example because its
    /// clock was set back, and another one can answer. An exception from another process has its stack as text alone.
    /// </summary>
    public static bool IsOfRuntime(Exception exception) =>
        exception is InvalidOperationException or ArgumentException
        && exception.StackTrace is { } stack && stack.AsSpan().TrimStart().StartsWith("at Orleans.", StringComparison.Ordinal);
}
