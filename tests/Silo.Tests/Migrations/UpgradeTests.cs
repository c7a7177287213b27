using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Migrations;

/// <summary>Migrates a ledger from before programmes had versions to this build.</summary>
public sealed class UpgradeTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_from_before_versions_keep_their_content_and_state_that_no_assessment_was_published()
    {
        await using var database = new LedgerDatabase(
            Options.Create(new StorageOptions { ConnectionString = await server.NewDatabase() }), new IncarnationMonitor());
        var migrator = new Migrator(
            database, Options.Create(new StorageOptions()), TimeProvider.System, NullLogger<Migrator>.Instance);
        await migrator.Migrate([.. Migration.Embedded.Take(2)], Cancel);
        var first = Versions.Of(1);
        var second = Versions.Of(2);
        await Insert(database, first, second);

        await migrator.Migrate(Cancel);

        var state = await new PublishedDocuments(new ProgrammeReader(database)).Read(Cancel);
        var versions = state.Documents.VersionsOf(first.Terms.Id);
        versions.Select(version => version.RuleSet.Hash).ShouldBe([first.RuleSet.Hash, second.RuleSet.Hash]);
        versions.ShouldAllBe(version => version.Terms.Name == first.Terms.Name);
        versions.ShouldAllBe(version => version.Assessment.ReviewBy < DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        versions[0].Assessment.Risks[0].Description.ShouldBe("No impact assessment was published with this version.");
        (await Scalar(database, "SELECT string_agg(consented::text, ' ' ORDER BY subject) FROM ledger.enrolment")).ShouldBe("1 2 1");
        (await Scalar(database, "SELECT string_agg(consented::text, ' ' ORDER BY subject) FROM ledger.handle")).ShouldBe("1 2 1");
        (await Scalar(database, "SELECT count(*) FROM ledger.event_type_version")).ShouldBe((long)Versions.Shipped.EventTypes.Length);
        var refused = await Should.ThrowAsync<PostgresException>(Execute(database, "UPDATE ledger.rule_set SET document = 'x'"));
        refused.SqlState.ShouldBe(PostgresErrorCodes.IntegrityConstraintViolation);
    }

    [Fact]
    public async Task Entries_and_grants_from_the_first_schema_keep_their_content_and_go_on()
    {
        await using var stage = LedgerStage.On(await server.NewDatabase());
        var storage = Options.Create(new StorageOptions { ConnectionString = stage.ConnectionString });
        var migrator = new Migrator(stage.Database, storage, TimeProvider.System, NullLogger<Migrator>.Instance);
        await using var database = NpgsqlDataSource.Create(stage.ConnectionString);
        await FirstSchema.Create(migrator, database, Cancel);
        await FirstSchema.Fill(database, subjects: 8, turns: 10, Cancel);
        var entries = await Rows("entry");
        var grants = await Rows("grant_");

        await stage.Migrate();

        (await Rows("entry")).ShouldBe(entries);
        (await Rows("grant_")).ShouldBe(grants);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.grant_ WHERE uses_left IS NULL")).ShouldBe(8);
        await LeafAssertions.Check(stage);
        var subject = new SubjectId(3);
        (await stage.PostgresLedger.ReadSubject(subject, 0, 100, Cancel)).Select(entry => entry.Kind).ShouldBe(
            [EntryKind.Enrolled, .. Enumerable.Range(2, 9).Select(turn => turn % 5 == 0 ? EntryKind.Queried : EntryKind.Event)]);
        var handle = await stage.Scalar<byte[]>($"SELECT {FirstSchema.HandleOf("3::bigint")}");
        var grant = await stage.Scalar<byte[]>($"SELECT {FirstSchema.GrantOf("3::bigint")}");
        var locator = await stage.Scalar<byte[]>("SELECT hash FROM ledger.locator WHERE subject = 3");
        await stage.PostgresLedger.AppendEvents([Some.Event(handle)], Cancel);
        (await stage.PostgresLedger.AppendQuery(Some.Query(grant), Cancel)).ShouldNotBeNull().Turn.ShouldBe(12);
        (await stage.PostgresEnrolments.Revoke(locator, "g3", Some.Entry(EntryKind.GrantRevoked), Cancel)).ShouldBeTrue();
        (await stage.PostgresLedger.AppendQuery(Some.Query(grant), Cancel)).ShouldBeNull();
        (await stage.PostgresEnrolments.Withdraw(locator, Some.Day, Some.Request, Cancel)).ShouldBe((subject, 13));
        await stage.ShouldBeConserved();
        await LeafAssertions.Check(stage);

        async Task<List<string>> Rows(string table) => await stage.Rows<string>($"""
            SELECT (to_jsonb(t) - 'uses_left')::text AS row FROM ledger.{table} t ORDER BY row
            """);
    }

    /// <summary>Inserts two rule sets and subjects that consented to the first, to the second and to an unknown one.</summary>
    private static async Task Insert(LedgerDatabase database, ProgrammeVersion first, ProgrammeVersion second)
    {
        await Execute(database, "INSERT INTO ledger.head (partition) VALUES (0)");
        foreach (var type in Versions.Shipped.EventTypes)
            await Execute(
                database, "INSERT INTO ledger.event_type (name, document) VALUES ($1, $2)", type.Name, EventTypeDocument.Write(type));
        await Execute(
            database, "INSERT INTO ledger.programme (id, document) VALUES ($1, $2)", first.Terms.Id.Value,
            ProgrammeDocument.Write(first.Terms));
        foreach (var set in new[] { first.RuleSet, second.RuleSet })
            await Execute(
                database, "INSERT INTO ledger.rule_set (programme, number, hash, first_day, document) VALUES ($1, $2, $3, $4, $5)",
                first.Terms.Id.Value, set.Number, set.Hash, set.FirstDay, RuleSetDocument.Write(set));
        foreach (var (subject, set) in new[] { (1L, first.RuleSet.Hash), (2L, second.RuleSet.Hash), (3L, new string('0', 64)) })
        {
            await Execute(database, $"""
                INSERT INTO ledger.enrolment (subject, partition, kind, since, programme, rule_set, ledger_key)
                VALUES ({subject}, 0, 2, '2026-01-01', '{first.Terms.Id}', '{set}', sha256(int8send({subject})));
                INSERT INTO ledger.handle (hash, subject, started_at, proved_at, partition, restricted, programme, ledger_key, id, source)
                SELECT sha256(int8send(subject)), subject, now(), now(), 0, false, programme, ledger_key, 'h' || subject, 's'
                FROM ledger.enrolment WHERE subject = {subject}
                """);
        }
    }

    private static async Task Execute(LedgerDatabase database, string sql, params object[] values)
    {
        await using var connection = await database.OpenOwn(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<object?> Scalar(LedgerDatabase database, string sql)
    {
        await using var connection = await database.OpenOwn(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
