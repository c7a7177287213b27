using Npgsql;
using Scoring.Audit;
using Scoring.Checkpoints;
using Scoring.Notices;
using Scoring.Exports;
using Scoring.Metrics;
using Scoring.Partitions;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// The frequent statements read every table by an index, also when they are planned on empty tables and run on full ones. A plan made on
/// empty tables once scanned all enrolments for each event.
/// </summary>
public sealed class QueryPlanTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly (string Statement, string Types)[] Statements =
    [
        (LockSql.LockPartitions, "smallint[]"),
        (LockSql.HandleHints, "bytea[]"),
        (LockSql.GrantHints, "bytea[]"),
        (EntrySql.Events, "smallint[], bytea[], uuid[], timestamptz[], date[], bytea[]"),
        (EntrySql.EventsWithRepeats, "smallint[], bytea[], uuid[], timestamptz[], date[], bytea[]"),
        (PartitionSql.Facts, "bytea[]"),
        (PartitionSql.InsertIfUnchanged,
            "smallint[], bigint[], bigint[], bigint[], smallint[], bigint[], bigint[], bigint[], date[], uuid[], bytea[], bytea[]"),
        (PartitionSql.CatchUp, "smallint[], bigint[], bigint"),
        (EntrySql.Queries, "smallint[], bytea[], uuid[], timestamptz[], date[], bytea[], bytea[]"),
        (LedgerReader.AccessesBelowTurn, "bigint, bigint, integer"),
        (SubjectHistoryReader.Histories, "bigint[], boolean[], integer[]"),
        (PostgresExports.Entries, "bigint, bigint, bigint, integer"),
        (PostgresExports.Kinds, "bigint, bigint, bigint, integer, smallint[]"),
        (EntrySql.Known, "bigint[], smallint[], uuid[], date[], bytea[]"),
        (PostgresNotices.EntriesAfterTurn, "bigint, bigint, integer"),
        (PostgresNotices.EntriesBelowTurn, "bigint, bigint, integer"),
        (PostgresNotices.ActsAfterNumber, "text, date, bigint, integer"),
        (PostgresNotices.ActsBelowNumber, "text, date, bigint, integer"),
        (PostgresNotices.Reaches, "bigint[]"),
        (AuditSql.ByReference, "uuid, text, date"),
        (AuditSql.ByContest, "text, text, date"),
        (AuditSql.ByCode, "bytea, text, date"),
        (AuditSql.ByPick, "text, text, date, integer, text"),
        (AuditSql.OpenCases, "text, date, integer"),
        (AuditSql.HasAccess, "bigint, uuid"),
        (AuditSql.LastTurn, "bigint, bigint"),
        (AuditSql.DayOf, "bigint, bigint"),
        (TileSql.Tiles, "smallint, smallint[], bigint[]"),
        (TileSql.LeafTiles, "smallint, bigint[]"),
        (BacklogSql.OpenErasures, "integer"),
        (BacklogSql.OverdueContests, "date, integer"),
    ];

    [Fact]
    public async Task No_frequent_statement_scans_a_table()
    {
        await using var stage = await LedgerStage.Open(server);
        await stage.Execute("VACUUM ANALYZE");
        foreach (var (statement, types) in Statements)
            (await Scans(stage, statement, types)).ShouldBeEmpty($"on empty tables: {statement}");
        await stage.Execute("""
            INSERT INTO ledger.enrolment (subject, partition, kind, since, programme, rule_set, ledger_key)
            SELECT n, n % 4, 2, '2026-01-01', 'safe-driver', repeat('a', 64), sha256(int4send(n)) FROM generate_series(1, 20000) n;
            INSERT INTO ledger.handle (hash, subject, started_at, proved_at, partition, restricted, programme, ledger_key, id, source)
            SELECT sha256(int4send(subject::integer)), subject, since, since, partition, false, programme, ledger_key, 'h' || subject, 's'
            FROM ledger.enrolment;
            INSERT INTO ledger.rule_set (programme, number, hash, first_day, document, terms, assessment)
            SELECT 'safe-driver', n, encode(sha256(int4send(n)), 'hex'), '2026-01-01'::date + n, '', '', '' FROM generate_series(1, 500) n;
            INSERT INTO ledger.widening (programme, number, first_day) SELECT programme, number, first_day FROM ledger.rule_set;
            INSERT INTO ledger.entry (subject, position, turn, key, day, partition, kind, leaf, body)
            SELECT n, n, 1, gen_random_uuid(), '2026-01-01', 0, 7, '', '' FROM generate_series(1, 20000) n;
            """);
        await stage.Execute("VACUUM ANALYZE");
        foreach (var (statement, types) in Statements)
            (await Scans(stage, statement, types)).ShouldBeEmpty($"on full tables: {statement}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Consent_costs_one_lookup_a_statement_while_no_version_widens(int widenings)
    {
        await using var stage = await LedgerStage.Open(server);
        var handles = Enumerable.Range(0, 20).Select(_ => Some.Handle()).ToArray();
        foreach (var handle in handles) await stage.PostgresEnrolments.Enrol(Some.Enrolment(Some.Locators(), handle), Cancel);
        await stage.Execute($"""
            INSERT INTO ledger.rule_set (programme, number, hash, first_day, document, terms, assessment)
            SELECT 'safe-driver', n, encode(sha256(int4send(n)), 'hex'), '2026-01-01'::date + n, '', '', ''
            FROM generate_series(1, {widenings}) n;
            INSERT INTO ledger.widening (programme, number, first_day) SELECT programme, number, first_day FROM ledger.rule_set;
            """);
        await using var connection = await stage.Database.Lanes.OpenConnectionAsync(Cancel);
        await using var command = new NpgsqlCommand("EXPLAIN (ANALYZE, COSTS off, TIMING off) " + EntrySql.Events, connection);
        command.Parameters.Add(new() { Value = new short[] { 0, 1, 2, 3 } });
        command.Parameters.Add(new() { Value = handles.Select(handle => handle.Hash).ToArray() });
        command.Parameters.Add(new() { Value = handles.Select(_ => Guid.NewGuid()).ToArray() });
        command.Parameters.Add(new() { Value = handles.Select(_ => Some.Start.AddDays(1).UtcDateTime).ToArray() });
        command.Parameters.Add(new() { Value = handles.Select(_ => Some.Day.AddDays(1)).ToArray() });
        command.Parameters.Add(new() { Value = handles.Select(_ => Some.Body()).ToArray() });
        var lines = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(Cancel))
            while (await reader.ReadAsync(Cancel)) lines.Add(reader.GetString(0).Trim());
        var lookups = lines.FindAll(line => line.Contains("on widening", StringComparison.Ordinal));
        lookups.Count.ShouldBe(2, string.Join('\n', lines));
        lookups.ShouldContain(line => line.Contains("loops=1)", StringComparison.Ordinal));
        lookups.ShouldContain(line => line.Contains(widenings == 0 ? "(never executed)" : "loops=20)", StringComparison.Ordinal));
    }

    private static async Task<List<string>> Scans(LedgerStage stage, string statement, string types)
    {
        await using var connection = await stage.Database.Lanes.OpenConnectionAsync(Cancel);
        await Execute(connection, $"PREPARE planned ({types}) AS {statement}");
        var nulls = types.Split(',').Length;
        var lines = new List<string>();
        var explain = $"EXPLAIN EXECUTE planned ({string.Join(", ", Enumerable.Repeat("NULL", nulls))})";
        await using (var command = new NpgsqlCommand(explain, connection))
        await using (var reader = await command.ExecuteReaderAsync(Cancel))
            while (await reader.ReadAsync(Cancel)) lines.Add(reader.GetString(0));
        await Execute(connection, "DEALLOCATE planned");
        lines.ShouldContain(line => line.Contains("Index", StringComparison.Ordinal));
        return lines.FindAll(line =>
            line.Contains("Seq Scan", StringComparison.Ordinal) || line.Contains("Hash Join", StringComparison.Ordinal)
            || line.Contains("Merge Join", StringComparison.Ordinal)
            || (line.Contains("Join Filter", StringComparison.Ordinal)
                && !line.Contains("(h.partition = c.partition)", StringComparison.Ordinal))
            || line.Contains("cost=10000000", StringComparison.Ordinal));
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
