using Microsoft.Extensions.Logging;

namespace Scoring.Storage;

/// <summary>Hears one line of a log, so that a test may wait for what it tells.</summary>
internal sealed class HeardLog<T>(string line) : ILogger<T>
{
    private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Heard => heard.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> text)
    {
        if (text(state, exception) == line) heard.TrySetResult();
    }
}
