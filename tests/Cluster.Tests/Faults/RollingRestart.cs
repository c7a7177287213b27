namespace Scoring.Faults;

/// <summary>
/// Stops and starts every silo and every gateway, one after another, with this build. When the cluster began with an earlier build, the
/// first time is the upgrade to this one.
/// </summary>
internal sealed class RollingRestart : Fault
{
    public override string Name => "rolling-restart";

    public override int Weight => 1;

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var upgrade = context.Cluster.Members.Any(member => member.Build is not null);
        foreach (var member in context.Cluster.Members)
        {
            member.Build = null;
            await SiloStop.Stop(context, member, cancellationToken);
            await context.Wait(0, 1, cancellationToken);
        }
        return upgrade ? "all, from the earlier build to this one" : "all";
    }
}
