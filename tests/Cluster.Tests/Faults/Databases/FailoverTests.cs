using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Cluster;
using Scoring.Postgres;
using Scoring.Processes;
using Scoring.Storage;

namespace Scoring.Faults.Databases;

/// <summary>The database's view of a failover from a primary to its synchronous standby.</summary>
public sealed class FailoverTests
{
    private const string Platform = """
        CREATE SCHEMA ledger;
        CREATE TABLE ledger.platform (key text PRIMARY KEY, value text NOT NULL);
        INSERT INTO ledger.platform VALUES ('incarnation', '1');
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_standby_is_neither_used_nor_taken_for_another_database_until_it_is_promoted()
    {
        await using var first = await EmbeddedPostgres.Start(PlatformCluster.Server(), NullLogger.Instance, Cancel);
        await using var pair = await ServerPair.Create(first, PlatformCluster.Server(), Cancel);
        await using (var source = NpgsqlDataSource.Create(first.ConnectionString))
        await using (var create = source.CreateCommand(Platform)) await create.ExecuteNonQueryAsync(Cancel);
        string[] standbyFirst = [.. pair.Servers.Reverse().Select(server => Host(server))];
        var incarnation = new IncarnationMonitor();
        var found = new List<IncarnationId>();
        incarnation.Changed += found.Add;
        await using var database = new LedgerDatabase(
            Options.Create(new StorageOptions { ConnectionString = ServerPair.ConnectionString(first.ConnectionString, standbyFirst) }),
            incarnation);

        await using (var connection = await database.Readers.OpenConnectionAsync(Cancel)) connection.Host.ShouldBe(Host(first));
        found.ShouldBeEmpty();
        var before = incarnation.Current.ShouldNotBeNull();
        using (var server = System.Diagnostics.Process.GetProcessById(first.ServerProcessId))
        {
            server.Kill();
            await server.WaitForExitAsync(Cancel);
        }
        database.Readers.Clear();
        await Should.ThrowAsync<NpgsqlException>(async () => await database.Readers.OpenConnectionAsync(Cancel));
        found.ShouldBeEmpty("no other primary is there yet");

        await pair.Promote(Cancel);
        await Until(database);
        found.ShouldHaveSingleItem().Timeline.ShouldBe(before.Timeline + 1);
    }

    private static string Host(EmbeddedPostgres server) => new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;

    /// <summary>Waits until a connection is opened: the state of a host is kept for a second.</summary>
    private static async Task Until(LedgerDatabase database)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                await (await database.Readers.OpenConnectionAsync(Cancel)).DisposeAsync();
                return;
            }
            catch (NpgsqlException)
            {
                await beat.WaitForNextTickAsync(Cancel);
            }
        }
    }
}
