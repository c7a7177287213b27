using Scoring.Processes;

namespace Scoring.Faults;

/// <summary>Asks a silo to stop, waits until it has drained, and starts it again.</summary>
internal sealed class SiloStop : Fault
{
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(90);

    public override string Name => "silo-stop";

    public override Task<string> Inject(FaultContext context, CancellationToken cancellationToken) =>
        Stop(context, context.One(context.Cluster.Silos), cancellationToken);

    public static async Task<string> Stop(FaultContext context, Member member, CancellationToken cancellationToken)
    {
        using var stopMax = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stopMax.CancelAfter(StopMax);
        try
        {
            var code = await member.Stop(stopMax.Token);
            if (code != 0) context.Fail($"{member.Name} was asked to stop and ended with the exit code {code}.\n{member.Tail}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            context.Fail($"{member.Name} was asked to stop and had not ended after {StopMax.TotalSeconds} s.\n{member.Tail}");
            await member.Kill();
        }
        await context.Cluster.StartAndWait(member, cancellationToken);
        return member.Name;
    }
}

/// <summary>Asks a gateway to stop, waits until it has ended, and starts it again.</summary>
internal sealed class GatewayStop : Fault
{
    public override string Name => "gateway-stop";

    public override Task<string> Inject(FaultContext context, CancellationToken cancellationToken) =>
        SiloStop.Stop(context, context.One(context.Cluster.Gateways), cancellationToken);
}
