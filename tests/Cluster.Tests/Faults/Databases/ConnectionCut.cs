using Npgsql;

namespace Scoring.Faults.Databases;

/// <summary>Ends every connection to PostgreSQL at once.</summary>
internal sealed class ConnectionCut : Fault
{
    public override string Name => "connections-cut";

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(context.Cluster.Postgres.AdminConnectionString);
        await using var cut = database.CreateCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'scoring'");
        var count = await cut.ExecuteScalarAsync(cancellationToken);
        return $"{count} connections";
    }
}
