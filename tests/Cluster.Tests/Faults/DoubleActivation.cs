using Scoring.Histories;
using Scoring.Processes;

namespace Scoring.Faults;

/// <summary>
/// Freezes a silo until the others have declared it dead and every subject was answered without it. Its subjects are then active in two
/// processes. When it goes on, it still holds their old activations, and the calls that waited for them.
/// </summary>
internal sealed class DoubleActivation : Fault
{
    private static readonly TimeSpan DeadMax = TimeSpan.FromSeconds(60);

    public override string Name => "two-activations";

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var silo = context.One(context.Cluster.Silos);
        await silo.Freeze();
        try
        {
            await context.Cluster.UntilDeclaredDead(silo, cancellationToken).WaitAsync(DeadMax, cancellationToken);
            var all = Enumerable.Range(0, context.Target.Residents.Count);
            await Task.WhenAll(all.Select(resident => context.Target.QueryUntilAnswered(resident, cancellationToken)));
            if (silo.HasEndedByItself) context.Fail($"two-activations: {silo.Name} ended while it was frozen.");
        }
        finally
        {
            await silo.Resume();
        }
        return silo.Name;
    }
}
