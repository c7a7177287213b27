using System.Globalization;
using Scoring.Processes;

namespace Scoring.Faults.Databases;

/// <summary>
/// Kills PostgreSQL by SIGKILL and promotes its synchronous standby. Each silo must end, since it has another database from then on, and
/// is started again.
/// </summary>
internal sealed class Failover : Fault
{
    private static readonly TimeSpan JoinMax = TimeSpan.FromSeconds(60);

    private Task<string>[] _silos = [];

    public override string Name => "postgres-failover";

    public override bool StopsEverything => true;

    public override ClusterFeatures Needs => ClusterFeatures.Standby;

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var cluster = context.Cluster;
        var servers = cluster.Database.Servers!;
        await servers.Join(cancellationToken);
        var endings = new Dictionary<string, int>(cluster.Endings);
        var starts = new Dictionary<Member, HashSet<int>>();
        foreach (var silo in cluster.Silos) starts[silo] = await cluster.Generations(silo, cancellationToken);
        using (var server = System.Diagnostics.Process.GetProcessById(servers.Primary.ServerProcessId))
        {
            server.Kill();
            await server.WaitForExitAsync(cancellationToken);
        }
        await context.Wait(0, 3, cancellationToken);
        await servers.Promote(cancellationToken);
        var promoted = context.Target.History.Now;
        _silos = [.. cluster.Silos.Select(silo => Follow(silo, endings.GetValueOrDefault(silo.Name) + 1, starts[silo]))];
        return "PostgreSQL";

        async Task<string> Follow(Member silo, int ending, HashSet<int> before)
        {
            using var max = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            max.CancelAfter(JoinMax);
            await cluster.UntilEnded(silo, ending, max.Token);
            var ended = context.Target.History.Now - promoted;
            await cluster.UntilActive(silo, before, max.Token);
            var joined = context.Target.History.Now - promoted;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{silo.Name} ended after {ended.TotalSeconds:0.0} s and joined after {joined.TotalSeconds:0.0} s");
        }
    }

    public override async Task Confirm(FaultContext context, CancellationToken cancellationToken)
    {
        try
        {
            context.Note($"{Name}: {string.Join(", ", await Task.WhenAll(_silos))}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            context.Fail($"{Name}: a silo did not end on another database and join again within {JoinMax.TotalSeconds} s.");
        }
    }
}
