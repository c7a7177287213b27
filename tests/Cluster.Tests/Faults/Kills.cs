using Scoring.Processes;

namespace Scoring.Faults;

/// <summary>Kills a silo by SIGKILL and starts it again.</summary>
internal sealed class SiloKill : Fault
{
    public override string Name => "silo-kill";

    public override int Weight => 8;

    public override Task<string> Inject(FaultContext context, CancellationToken cancellationToken) =>
        Kill(context, context.One(context.Cluster.Silos), cancellationToken);

    public static async Task<string> Kill(FaultContext context, Member member, CancellationToken cancellationToken)
    {
        await member.Kill();
        await context.Wait(0, 6, cancellationToken);
        await context.Cluster.StartAndWait(member, cancellationToken);
        return member.Name;
    }
}

/// <summary>Kills a gateway by SIGKILL and starts it again.</summary>
internal sealed class GatewayKill : Fault
{
    public override string Name => "gateway-kill";

    public override int Weight => 4;

    public override Task<string> Inject(FaultContext context, CancellationToken cancellationToken) =>
        SiloKill.Kill(context, context.One(context.Cluster.Gateways), cancellationToken);
}
