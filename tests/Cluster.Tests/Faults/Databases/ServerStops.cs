namespace Scoring.Faults.Databases;

/// <summary>Stops PostgreSQL in order and starts it again.</summary>
internal sealed class PostgresRestart : Fault
{
    public override string Name => "postgres-restart";

    public override bool StopsEverything => true;

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        await context.Cluster.Postgres.Restart(immediate: false);
        return "PostgreSQL";
    }
}

/// <summary>Kills PostgreSQL by SIGKILL, and starts it again after some seconds; it recovers from its write-ahead log.</summary>
internal sealed class PostgresKill : Fault
{
    public override string Name => "postgres-kill";

    public override bool StopsEverything => true;

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        using (var server = System.Diagnostics.Process.GetProcessById(context.Cluster.Postgres.ServerProcessId))
        {
            server.Kill();
            await server.WaitForExitAsync(cancellationToken);
        }
        await context.Wait(0, 6, cancellationToken);
        await context.Cluster.Postgres.Restart(immediate: true);
        return "PostgreSQL";
    }
}
