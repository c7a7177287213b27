using Orleans.Runtime;

namespace Scoring.Simulation;

/// <summary>Keeps a grain awake while something runs beside it.</summary>
internal static class ActivationKeepAlive
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    /// <summary>Until what is returned is disposed of, the grain is not idle.</summary>
    public static IDisposable KeepAlive(this IGrainBase grain) => grain.RegisterGrainTimer(
        static _ => Task.CompletedTask, new GrainTimerCreationOptions(Period, Period) { KeepAlive = true, Interleave = true });
}
