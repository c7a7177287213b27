using Microsoft.Extensions.Logging;

namespace Scoring.Storage;

/// <summary>Completes a task when a line is logged, so that a test can wait for it.</summary>
internal sealed class LogLineWaiter<T>(string line) : ILogger<T>
{
    private readonly TaskCompletionSource _logged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Logged => _logged.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> text)
    {
        if (text(state, exception) == line) _logged.TrySetResult();
    }
}
