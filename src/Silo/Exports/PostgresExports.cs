using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Exports;

/// <summary>Reads a participant's entries for archives from PostgreSQL.</summary>
public sealed class PostgresExports(LedgerDatabase database, ILogger<PostgresExports> log) : IExportStore
{
    /// <summary>
    /// A subject's entries in a range of turns, with nonce and leaf. No lock: it joins the enrolment in one snapshot, so a withdrawn
    /// subject has no row. The ledger key does not leave the database. $1 subject, $2 turn before, $3 last turn, $4 count. A row that
    /// has expired and still holds its turn is no entry any more and is left out.
    /// </summary>
    internal static readonly string Entries = $"""
        SELECT e.partition, e.position, e.turn, e.kind, e.day, coalesce(e.body, ''), e.key, sha256(o.ledger_key || int8send(e.turn)), e.leaf
        FROM (SELECT ledger_key FROM ledger.enrolment WHERE subject = $1) o
        CROSS JOIN LATERAL (
            SELECT partition, position, turn, kind, day, body, key, leaf FROM ledger.entry
            WHERE subject = $1 AND turn > $2 AND turn <= $3 AND kind <> {EntryKindSql.Erased} ORDER BY turn LIMIT $4) e
        ORDER BY e.turn
        """;

    /// <summary>
    /// A subject's entries of some kinds in a range of turns. No lock. It follows the index of turns; entries of other kinds do not leave
    /// the database. $1 subject, $2 turn before, $3 last turn, $4 count, $5 kinds.
    /// </summary>
    internal const string Kinds = """
        SELECT partition, position, turn, kind, day, coalesce(body, '') FROM ledger.entry
        WHERE subject = $1 AND turn > $2 AND turn <= $3 AND kind = ANY ($5) ORDER BY turn LIMIT $4
        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExportedEntry>> ReadEntries(
        SubjectId subject, long after, long upTo, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try<IReadOnlyList<ExportedEntry>>(
            async () =>
            {
                var entries = new List<ExportedEntry>();
                await using var command = Command(Entries, subject, after, upTo, count);
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    entries.Add(new ExportedEntry(
                        Entry(reader, subject), reader.GetGuid(6), reader.GetFieldValue<byte[]>(7), reader.GetFieldValue<byte[]>(8)));
                }
                return entries;
            },
            log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Entry>> ReadKinds(
        SubjectId subject, IReadOnlyList<EntryKind> kinds, long after, long upTo, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try<IReadOnlyList<Entry>>(
            async () =>
            {
                var entries = new List<Entry>();
                await using var command = Command(
                    Kinds, subject, after, upTo, count,
                    (kinds.Select(kind => (short)kind).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint));
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken)) entries.Add(Entry(reader, subject));
                return entries;
            },
            log);

    private NpgsqlCommand Command(
        string sql, SubjectId subject, long after, long upTo, int count, params ReadOnlySpan<(object Value, NpgsqlDbType Type)> more)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Sql.Command(
            database.Readers, sql,
            [
                (subject.Value, NpgsqlDbType.Bigint), (after, NpgsqlDbType.Bigint), (upTo, NpgsqlDbType.Bigint),
                (count, NpgsqlDbType.Integer), .. more,
            ]);
    }

    private static Entry Entry(NpgsqlDataReader reader, SubjectId subject) => new(
        reader.GetInt16(0), reader.GetInt64(1), subject, reader.GetInt64(2), (EntryKind)reader.GetInt16(3),
        reader.GetFieldValue<DateOnly>(4), reader.GetFieldValue<byte[]>(5));
}
