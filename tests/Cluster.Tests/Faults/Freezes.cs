using Scoring.Processes;

namespace Scoring.Faults;

/// <summary>
/// Stops the execution of a silo for some seconds: shorter than the others take to notice, or longer, so that it finds itself declared
/// dead.
/// </summary>
internal sealed class SiloFreeze : Fault
{
    public override string Name => "silo-freeze";

    public override int Weight => 4;

    public override Task<string> Inject(FaultContext context, CancellationToken cancellationToken) =>
        Freeze(context, context.One(context.Cluster.Silos), cancellationToken);

    public static async Task<string> Freeze(FaultContext context, Member member, CancellationToken cancellationToken)
    {
        await member.Freeze();
        try
        {
            await context.Wait(1, 12, cancellationToken);
        }
        finally
        {
            await member.Resume();
        }
        return member.Name;
    }
}

/// <summary>Stops the execution of a gateway for some seconds.</summary>
internal sealed class GatewayFreeze : Fault
{
    public override string Name => "gateway-freeze";

    public override Task<string> Inject(FaultContext context, CancellationToken cancellationToken) =>
        SiloFreeze.Freeze(context, context.One(context.Cluster.Gateways), cancellationToken);
}
