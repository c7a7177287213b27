using Orleans.Runtime;

namespace Scoring.Simulation;

/// <summary>Keeps a grain active while it runs background work.</summary>
internal static class ActivationKeepAlive
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    /// <summary>Keeps the grain from becoming idle until the returned object is disposed of.</summary>
    public static IDisposable KeepAlive(this IGrainBase grain) => grain.RegisterGrainTimer(
        static _ => Task.CompletedTask, new GrainTimerCreationOptions(Period, Period) { KeepAlive = true, Interleave = true });
}
