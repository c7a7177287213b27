using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Storage;

namespace Scoring.Migrations;

public sealed class MigratorTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = new LedgerDatabase(
        Options.Create(new StorageOptions { ConnectionString = await server.NewDatabase() }), new IncarnationMonitor());

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Migrator Migrator =>
        new(_database, Options.Create(new StorageOptions()), TimeProvider.System, NullLogger<Migrator>.Instance);

    [Fact]
    public void Embedded_migrations_are_numbered_without_a_gap() =>
        Migration.Embedded.Select(m => m.Number).ShouldBe(Enumerable.Range(1, Migration.Embedded.Count));

    [Fact]
    public async Task Silos_that_start_together_apply_each_migration_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrator.Migrate(Cancel)));
        await Migrator.Migrate(Cancel);
        (await Scalar("SELECT count(*) FROM public.scoring_migration")).ShouldBe(Migration.Embedded.Count);
        (await Scalar("SELECT count(*) FROM ledger.entry")).ShouldBe(0);
    }

    [Fact]
    public async Task A_migration_changed_after_its_release_is_refused()
    {
        var released = new Migration(1, "001-a.sql", "CREATE TABLE a (n integer);\nINSERT INTO a VALUES (1)");
        await Migrator.Migrate([released], Cancel);
        await Migrator.Migrate([released with { Text = released.Text.ReplaceLineEndings("\r\n") }], Cancel);
        var refused = await Should.ThrowAsync<MigrationException>(
            Migrator.Migrate([released with { Text = released.Text + " " }], Cancel));
        refused.Message.ShouldContain("001-a.sql");
        (await Scalar("SELECT count(*) FROM a")).ShouldBe(1);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_and_the_ones_before_it_stay()
    {
        Migration[] migrations =
            [new(1, "001-a.sql", "CREATE TABLE a (n integer)"), new(2, "002-b.sql", "CREATE TABLE b (n integer); SELECT 1/0")];
        await Should.ThrowAsync<PostgresException>(Migrator.Migrate(migrations, Cancel));
        (await Scalar("SELECT count(*) FROM public.scoring_migration")).ShouldBe(1);
        (await Scalar("SELECT count(*) FROM pg_class WHERE relname IN ('a', 'b')")).ShouldBe(1);
    }

    [Fact]
    public void Every_step_outside_a_transaction_builds_an_index_or_checks_a_constraint_so_that_it_may_run_again()
    {
        var outside = Migration.Embedded.SelectMany(MigrationStep.Of).Where(step => !step.IsInTransaction).ToArray();
        outside.ShouldAllBe(step => step.Index != null || step.Text.Contains("VALIDATE CONSTRAINT", StringComparison.Ordinal));
        outside.ShouldContain(step => step.Index!.Value.Name == "entry_reference");
        Migration.Embedded.ShouldAllBe(migration => MigrationStep.Of(migration).Count > 0);
    }

    [Fact]
    public async Task Steps_make_the_same_schema_as_the_files_as_they_were_released()
    {
        await Migrator.Migrate(Cancel);
        await using var released = new LedgerDatabase(
            Options.Create(new StorageOptions { ConnectionString = await server.NewDatabase() }), new IncarnationMonitor());
        await using (var connection = await released.OpenOwn(Cancel))
        {
            foreach (var migration in Migration.Embedded)
            {
                await using var command = new NpgsqlCommand(migration.Text, connection);
                await command.ExecuteNonQueryAsync(Cancel);
            }
        }
        var expected = await Schema(released);
        expected.Length.ShouldBeGreaterThan(200);
        (await Schema(_database)).ShouldBe(expected);
    }

    [Fact]
    public async Task Published_documents_cannot_be_changed()
    {
        await Migrator.Migrate(Cancel);
        await Scalar("""
            WITH p AS (INSERT INTO ledger.programme (id, document) VALUES ('safe-driver', '{}') RETURNING id)
            SELECT count(*) FROM p
            """);
        await Scalar($"""
            WITH r AS (INSERT INTO ledger.rule_set (programme, number, hash, first_day, document, terms, assessment)
                VALUES ('safe-driver', 1, '{new string('a', 64)}', '2026-01-01', '{"{}"}', '{"{}"}', '{"{}"}') RETURNING 1)
            SELECT count(*) FROM r
            """);
        foreach (var change in new[]
        {
            "UPDATE ledger.rule_set SET document = 'x'", "UPDATE ledger.rule_set SET terms = 'x'",
            "UPDATE ledger.rule_set SET assessment = 'x'", "DELETE FROM ledger.rule_set", "UPDATE ledger.programme SET document = 'x'",
            "DELETE FROM ledger.programme",
        })
        {
            var refused = await Should.ThrowAsync<PostgresException>(Scalar($"WITH c AS ({change} RETURNING 1) SELECT count(*) FROM c"));
            refused.SqlState.ShouldBe(PostgresErrorCodes.IntegrityConstraintViolation, change);
        }
        (await Scalar("WITH c AS (UPDATE ledger.programme SET suspended = true RETURNING 1) SELECT count(*) FROM c")).ShouldBe(1);
    }

    /// <summary>Columns, constraints, indexes, triggers and views, except those of the migrator's own tables.</summary>
    private static async Task<string[]> Schema(LedgerDatabase database)
    {
        const string sql = """
            SELECT concat_ws(' ', c.oid::regclass, a.attname, a.atttypid::regtype, a.attnotnull, a.attstattarget, a.attstorage,
                pg_get_expr(d.adbin, d.adrelid)) AS line
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE c.relnamespace::regnamespace::text IN ('ledger', 'membership', 'administration') AND c.relkind IN ('r', 'v')
                AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid)) FROM pg_constraint
            WHERE connamespace::regnamespace::text IN ('ledger', 'membership', 'administration')
            UNION ALL SELECT pg_get_indexdef(indexrelid) || ' ' || indisvalid FROM pg_index
            WHERE indrelid::regclass::text ~ '^(ledger|membership|administration)[.]'
            UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT querykey || querytext FROM public.orleansquery
            ORDER BY line
            """;
        var lines = new List<string>();
        await using var connection = await database.OpenOwn(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel)) lines.Add(reader.GetString(0));
        return [.. lines];
    }

    private async Task<long> Scalar(string sql)
    {
        await using var connection = await _database.OpenOwn(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
