namespace Scoring.Administration;

/// <summary>
/// Signals to this silo that it has itself published, stopped or registered something. Other silos find it when they next read the
/// database.
/// </summary>
internal sealed class ProgrammeChangeSignal
{
    private Func<CancellationToken, Task> _listener = _ => Task.CompletedTask;

    /// <summary>Raised when this silo has ended a programme, whose enrolments are to be erased.</summary>
    public event Action? Ended;

    /// <summary>Calls the listener; returns when it has finished.</summary>
    public Task Raise(CancellationToken cancellationToken) => _listener(cancellationToken);

    /// <summary>Raises <see cref="Ended"/>.</summary>
    public void RaiseEnded() => Ended?.Invoke();

    /// <summary>Sets the only listener. It must not throw, because the caller's action is committed already.</summary>
    public void Listen(Func<CancellationToken, Task> listener) => _listener = listener;
}
