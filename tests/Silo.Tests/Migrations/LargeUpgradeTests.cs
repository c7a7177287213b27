using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Migrations;

/// <summary>
/// Migrates a large ledger from the first released schema to this build while a writer of that release appends. CONTRIBUTING says how to
/// run it with five million entries.
/// </summary>
public sealed class LargeUpgradeTests(PostgresServer server)
{
    private const int Turns = 250;

    private static readonly int Entries = int.Parse(
        Environment.GetEnvironmentVariable("SCORING_UPGRADE_ENTRIES") ?? "200000", CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_ledger_is_migrated_from_the_first_schema_while_events_are_appended()
    {
        var subjects = Math.Max(100, Entries / Turns / FirstSchema.Partitions) * FirstSchema.Partitions;
        await using var stage = LedgerStage.On(await server.NewDatabase());
        var storage = Options.Create(new StorageOptions { ConnectionString = stage.ConnectionString });
        var migrator = new Migrator(stage.Database, storage, TimeProvider.System, NullLogger<Migrator>.Instance);
        await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
        var clock = Stopwatch.StartNew();
        await FirstSchema.Create(migrator, database, Cancel);
        await FirstSchema.Fill(database, subjects, Turns, Cancel);
        var filled = clock.Elapsed;

        var writer = new FirstWriter(database, subjects);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => writer.Run(stop.Token), Cancel);
        clock.Restart();
        await migrator.Migrate(Cancel);
        var migrated = clock.Elapsed;
        await stop.CancelAsync();
        await writing;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{subjects * Turns} entries: filled in {filled.TotalSeconds:F1} s, migrated in {migrated.TotalSeconds:F1} s; meanwhile "
            + $"{writer.Appended} events appended, longest pause {writer.LongestPause.TotalMilliseconds:F0} ms, {writer.Refused} refused");

        writer.CommitsDuringBuild.ShouldBeGreaterThan(0, "the index is built while events are appended");
        await ShouldHold(stage, ((long)subjects * Turns) + writer.Appended);
        await ShouldServe(stage);
    }

    private static async Task ShouldHold(LedgerStage stage, long entries)
    {
        (await stage.Scalar<long>("SELECT count(*) FROM public.scoring_migration")).ShouldBe(Migration.Embedded.Count);
        (await stage.Rows<string>("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")).ShouldBeEmpty();
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry")).ShouldBe(entries);
        (await stage.Rows<string>("""
            SELECT h.partition || ': ' || h.position FROM ledger.head h JOIN ledger.entry e USING (partition)
            GROUP BY h.partition, h.position HAVING h.position <> count(*) OR h.position <> max(e.position)
            """)).ShouldBeEmpty("positions have a gap");
        (await stage.Rows<long>("SELECT subject FROM ledger.entry GROUP BY subject HAVING count(*) <> max(turn)"))
            .ShouldBeEmpty("turns have a gap");
    }

    private static async Task ShouldServe(LedgerStage stage)
    {
        await stage.Migrate();
        var turns = await stage.Scalar<long>("SELECT max(turn) FROM ledger.entry WHERE subject = 1");
        var grant = await stage.Scalar<byte[]>($"SELECT {FirstSchema.GrantOf("1::bigint")}");
        var query = await stage.PostgresLedger.AppendQuery(Some.Query(grant), Cancel);
        query.ShouldNotBeNull().Turn.ShouldBe(turns + 1);
    }
}
