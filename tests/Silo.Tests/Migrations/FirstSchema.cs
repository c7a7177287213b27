using Npgsql;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Storage;

namespace Scoring.Migrations;

/// <summary>
/// A ledger in the first released schema: 4 partitions, subjects 1 to n with a handle, a grant and a history each. The server makes all of
/// it, so that millions of entries are affordable.
/// </summary>
internal static class FirstSchema
{
    public const int Partitions = 4;

    /// <summary>The SQL of a subject's handle and grant.</summary>
    public static string HandleOf(string subject) => $"sha256('h' || int8send({subject}))";

    public static string GrantOf(string subject) => $"sha256('g' || int8send({subject}))";

    /// <summary>Creates the schema and the published programme safe-driver.</summary>
    public static async Task Create(Migrator migrator, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await migrator.Migrate([Migration.Embedded[0]], cancellationToken);
        var version = Versions.Of(1);
        await using var command = database.CreateCommand($"""
            INSERT INTO ledger.head (partition) SELECT generate_series(0, {Partitions - 1});
            INSERT INTO ledger.programme (id, document)
            VALUES ('{version.Terms.Id}', decode('{Hex(ProgrammeDocument.Write(version.Terms))}', 'hex'));
            INSERT INTO ledger.rule_set (programme, number, hash, first_day, document)
            VALUES ('{version.Terms.Id}', 1, '{version.RuleSet.Hash}', '{version.RuleSet.FirstDay:O}',
                decode('{Hex(RuleSetDocument.Write(version.RuleSet))}', 'hex'));
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Inserts subjects, at first in the order of their numbers over the partitions, with so many entries each: the consent, a query at
    /// each fifth turn, and events.
    /// </summary>
    public static async Task Fill(NpgsqlDataSource database, int subjects, int turns, CancellationToken cancellationToken)
    {
        var version = Versions.Of(1);
        await Execute(database, $"""
            INSERT INTO ledger.enrolment (subject, partition, kind, since, programme, rule_set, ledger_key)
            SELECT s, (s - 1) % {Partitions}, 2, '2026-01-01', '{version.Terms.Id}', '{version.RuleSet.Hash}', sha256(int8send(s))
            FROM generate_series(1::bigint, {subjects}) s;
            INSERT INTO ledger.locator (hash, subject) SELECT sha256('l' || int8send(subject)), subject FROM ledger.enrolment;
            INSERT INTO ledger.handle (hash, subject, started_at, proved_at, partition, restricted, programme, ledger_key, id, source)
            SELECT {HandleOf("subject")}, subject, since, since, partition, false, programme, ledger_key, 'h' || subject, 's'
            FROM ledger.enrolment;
            INSERT INTO ledger.grant_ (hash, subject, since, id, service)
            SELECT {GrantOf("subject")}, subject, since, 'g' || subject, 'city-parking' FROM ledger.enrolment;
            """, cancellationToken);
        // The partitions need no common order, so each gets a connection of its own.
        await Task.WhenAll(Enumerable.Range(0, Partitions).Select(partition => Execute(database, $$"""
            INSERT INTO ledger.entry (subject, position, turn, key, day, partition, kind, leaf, body)
            SELECT subject, position, turn, key, day, partition, kind, {{EntrySql.Leaf}}, body FROM (
                SELECT r * {{Partitions}} + {{partition}} + 1 AS subject, r * {{turns}} + t AS position, t AS turn,
                    md5(r || ':' || t)::uuid AS key, date '2026-01-01' + (t / 4)::integer AS day, {{partition}} AS partition,
                    CASE WHEN t = 1 THEN 7 WHEN t % 5 = 0 THEN 2 ELSE 1 END::smallint AS kind,
                    '{"data":{"km":3},"source":"s","type":"traffic.trip"}'::bytea AS body,
                    sha256(int8send(r * {{Partitions}} + {{partition}} + 1)) AS ledger_key
                FROM generate_series(0::bigint, {{(subjects / Partitions) - 1}}) r, generate_series(1::bigint, {{turns}}) t) e;
            UPDATE ledger.head SET position = {{(long)subjects / Partitions * turns}} WHERE partition = {{partition}};
            """, cancellationToken)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static async Task Execute(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SET statement_timeout = 0;" + sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
