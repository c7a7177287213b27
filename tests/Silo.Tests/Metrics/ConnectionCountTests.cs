using Scoring.Storage;
using Scoring.Testing;

namespace Scoring.Metrics;

public sealed class ConnectionCountTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Pools of other tests have the same names, so the numbers are lower bounds.</summary>
    [Fact]
    public async Task Connections_are_counted_by_pool_and_state_and_no_pool_is_named_by_its_connection_string()
    {
        await using var stage = await LedgerStage.Open(server);
        using var measured = new MeasureListener();
        using var connections = new ConnectionCount();
        await using var lane = await stage.Database.Lanes.OpenConnectionAsync(Cancel);
        await using var bulk = await stage.Database.Bulk.OpenConnectionAsync(Cancel);
        await using var foreign = new Npgsql.NpgsqlConnection(stage.ConnectionString);
        await foreign.OpenAsync(Cancel);
        connections.Record();
        foreach (var pool in new[] { "lane", "bulk", "other" })
            measured.Last($"scoring.database.connection.count{{pool={pool},state=used}}")!.Value.ShouldBeGreaterThanOrEqualTo(1, pool);
        measured.Last("scoring.database.connection.max{pool=bulk}")!.Value.ShouldBeGreaterThanOrEqualTo(2);
        measured.Names.ShouldAllBe(name => Allowed.Contains(name));
    }

    private static readonly string[] Allowed =
    [
        .. from pool in new[] { "lane", "writer", "reader", "bulk", "other" }
           from state in new[] { "idle", "used" }
           select $"scoring.database.connection.count{{pool={pool},state={state}}}",
        .. new[] { "lane", "writer", "reader", "bulk" }.Select(pool => $"scoring.database.connection.max{{pool={pool}}}"),
    ];
}
