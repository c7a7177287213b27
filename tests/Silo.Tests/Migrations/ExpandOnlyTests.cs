using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Storage;

namespace Scoring.Migrations;

/// <summary>
/// Holds what a rolling upgrade and the way back need: after a migration, the statements of the release before still run. So a migration
/// takes nothing away that was there, and asks nothing more of rows of tables that were there.
/// </summary>
public sealed class ExpandOnlyTests(PostgresServer server)
{
    private const string FromBefore = "from before the first release";

    /// <summary>
    /// What migrations took away or asked more, each with the reason why no release that an upgrade may start from minds. A migration that
    /// contracts adds its line here, and says which release was the last that used it.
    /// </summary>
    private static readonly Dictionary<string, string> Contractions = new(StringComparer.Ordinal)
    {
        ["003 column ledger.rule_set.assessment must be given"] = FromBefore,
        ["003 column ledger.rule_set.terms must be given"] = FromBefore,
        ["003 constraint handle_facts of ledger.handle is new"] = FromBefore + "; takes the place of another one of its name",
        ["003 index enrolment_facts of ledger.enrolment refuses equal rows"] = FromBefore + "; the subject in it is unique as before",
        ["003 trigger final of ledger.programme may refuse"] = "refuses what no release does: a programme that ended goes on",
        ["003 trigger immutable of ledger.event_type may refuse"] = "refuses less than the one before",
        ["003 trigger permanent of ledger.event_type may refuse"] = "refuses what the trigger before refused as well",
        ["007 constraint erasure_listed of ledger.erasure is new"] = FromBefore,
    };

    /// <summary>Tables whose rows no release deletes, so that a foreign key to them takes nothing.</summary>
    private static readonly string[] Permanent = ["ledger.event_type", "ledger.head", "ledger.programme", "ledger.rule_set"];

    /// <summary>Changes of a schema, and what each takes.</summary>
    private static readonly (string Change, string Taken)[] Changes =
    [
        ("DROP TABLE ledger.a", "table ledger.a is gone|column ledger.a.n integer is gone|column ledger.a.m text is gone"),
        ("ALTER TABLE ledger.a DROP COLUMN m", "column ledger.a.m text is gone"),
        ("ALTER TABLE ledger.a RENAME COLUMN m TO k", "column ledger.a.m text is gone"),
        ("ALTER TABLE ledger.a ALTER COLUMN n TYPE bigint", "column ledger.a.n integer is gone"),
        ("ALTER TABLE ledger.a ALTER COLUMN n SET NOT NULL", "column ledger.a.n must be given"),
        ("ALTER TABLE ledger.a ADD COLUMN k integer NOT NULL", "column ledger.a.k must be given"),
        ("ALTER TABLE ledger.a ADD CONSTRAINT positive CHECK (n > 0)", "constraint positive of ledger.a is new"),
        ("CREATE UNIQUE INDEX one ON ledger.a (n)", "index one of ledger.a refuses equal rows"),
        ("DROP FUNCTION ledger.f", "function ledger.f(integer) integer is gone"),
        ("CREATE TRIGGER t BEFORE INSERT ON ledger.a FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "trigger t of ledger.a may refuse"),
        ("CREATE TABLE ledger.b (n integer REFERENCES ledger.c)", "constraint b_n_fkey holds rows of ledger.c"),
        ("CREATE TABLE ledger.b (n integer REFERENCES ledger.c ON DELETE CASCADE); CREATE INDEX i ON ledger.a (n)", ""),
        ("ALTER TABLE ledger.a ADD COLUMN k integer NOT NULL DEFAULT 1 CHECK (k > 0), ADD COLUMN l text", ""),
        ("CREATE TABLE ledger.b (n integer NOT NULL UNIQUE); CREATE FUNCTION ledger.g() RETURNS integer RETURN 1", ""),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_migration_takes_nothing_from_the_release_before()
    {
        await using var database = new LedgerDatabase(
            Options.Create(new StorageOptions { ConnectionString = await server.NewDatabase() }), new IncarnationMonitor());
        var migrator = new Migrator(
            database, Options.Create(new StorageOptions()), TimeProvider.System, NullLogger<Migrator>.Instance);
        var found = new List<string>();
        var before = new SchemaFacts([], [], []);
        foreach (var migration in Migration.Embedded)
        {
            await migrator.Migrate([.. Migration.Embedded.Take(migration.Number)], Cancel);
            await using var connection = await database.OpenOwn(Cancel);
            var after = await SchemaFacts.Read(connection, Cancel);
            found.AddRange(after.TakenFrom(before).Select(taken => $"{migration.Name[..3]} {taken}"));
            before = after;
        }
        before.Parts.Count.ShouldBeGreaterThan(100);
        found.RemoveAll(taken => Permanent.Any(table => taken.EndsWith($" holds rows of {table}", StringComparison.Ordinal)));
        found.Order(StringComparer.Ordinal).ShouldBe(Contractions.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_change_takes_is_found()
    {
        await using var database = NpgsqlDataSource.Create(await server.NewDatabase());
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await Execute(connection, """
            CREATE SCHEMA ledger;
            CREATE TABLE ledger.a (n integer, m text);
            CREATE TABLE ledger.c (n integer PRIMARY KEY);
            CREATE FUNCTION ledger.f(integer) RETURNS integer RETURN $1
            """);
        var before = await SchemaFacts.Read(connection, Cancel);
        foreach (var (change, taken) in Changes)
        {
            await using var undone = await connection.BeginTransactionAsync(Cancel);
            await Execute(connection, change);
            (await SchemaFacts.Read(connection, Cancel)).TakenFrom(before)
                .ShouldBe(taken.Split('|', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true, change);
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
