using System.Diagnostics;

namespace Scoring.Checkpoints;

/// <summary>Cancels at the n-th command that Npgsql sends from now on.</summary>
internal sealed class CancelAtCommand : IDisposable
{
    private readonly ActivityListener _listener;
    private int _left;

    public CancelAtCommand(int after, CancellationTokenSource stop)
    {
        _left = after;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = _ =>
            {
                if (Interlocked.Decrement(ref _left) == 0) stop.Cancel();
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();
}
