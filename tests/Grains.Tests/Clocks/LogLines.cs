using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Scoring.Clocks;

/// <summary>Keeps the level, the number and the text of each logged event.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> text) =>
        _lines.Enqueue($"{level} {id.Id} {text(state, exception)}");
}
