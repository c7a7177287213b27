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

    private async Task<long> Scalar(string sql)
    {
        await using var connection = await _database.OpenOwn(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
