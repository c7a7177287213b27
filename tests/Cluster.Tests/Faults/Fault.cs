using Scoring.Histories;
using Scoring.Processes;

namespace Scoring.Faults;

/// <summary>
/// One kind of fault. A class of this kind with a constructor without parameters is all that a new fault needs: <see cref="All"/> finds it.
/// </summary>
internal abstract class Fault
{
    /// <summary>Every kind of fault, ordered by name.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        .. typeof(Fault).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Fault)) && !type.IsAbstract)
            .Select(type => (Fault)Activator.CreateInstance(type)!).OrderBy(fault => fault.Name, StringComparer.Ordinal),
    ];

    /// <summary>The name on the command line and in the report, for example <c>silo-kill</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How often it is drawn, compared with others. 0 for a fault that is injected only when it is asked for.</summary>
    public virtual int Weight => 2;

    /// <summary>
    /// Whether nothing can be served while the cause lasts. Recovery is then counted from the end of the cause.
    /// </summary>
    public virtual bool StopsEverything => false;

    /// <summary>What the cluster must be set up with.</summary>
    public virtual ClusterFeatures Needs => ClusterFeatures.None;

    /// <summary>How answers may be behind because of the fault; not at all, except when it changes clocks.</summary>
    public virtual Staleness Staleness => default;

    /// <summary>Why this machine cannot inject it; <see langword="null"/> when it can.</summary>
    public virtual string? WhyNot =>
        (Needs.HasFlag(ClusterFeatures.PeerNetwork) ? PeerNetwork.WhyNot : null)
        ?? (Needs.HasFlag(ClusterFeatures.OwnClocks) ? OwnClock.WhyNot : null)
        ?? (Needs.HasFlag(ClusterFeatures.SmallDisk) ? SmallDisk.WhyNot : null);

    /// <summary>
    /// Injects the fault, and takes its cause away after a random time. Returns what it was done to. A finding of its own goes to
    /// <see cref="FaultContext.Fail"/>.
    /// </summary>
    public abstract Task<string> Inject(FaultContext context, CancellationToken cancellationToken);

    /// <summary>Reports what does not hold once the platform serves again.</summary>
    public virtual Task Confirm(FaultContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
