namespace Scoring.Administration;

/// <summary>
/// Tells this silo at once what it has itself published, stopped or registered. Other silos look at the database from time to time.
/// </summary>
internal sealed class ProgrammeChangeSignal
{
    private Func<CancellationToken, Task> _heard = _ => Task.CompletedTask;

    /// <summary>A programme has ended: its enrolments are to be erased.</summary>
    public event Action? Ended;

    /// <summary>Has the listener renew, and returns when it has.</summary>
    public Task Tell(CancellationToken cancellationToken) => _heard(cancellationToken);

    /// <summary>Tells of an end.</summary>
    public void TellEnded() => Ended?.Invoke();

    /// <summary>Listens. There is one listener, and what fails there stays there.</summary>
    public void Listen(Func<CancellationToken, Task> heard) => _heard = heard;
}
