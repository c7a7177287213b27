using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>
/// Reads the ledger in bulk over the pool for long reads. Each statement covers a bounded run of positions and has its own snapshot, so no
/// long snapshot keeps erased rows from being vacuumed, and a row that was erased before a statement is not read by it.
/// </summary>
internal sealed class PostgresSimulationLedger(
    LedgerDatabase database, IOptions<LedgerOptions> options, ILogger<PostgresSimulationLedger> log) : ISimulationLedger
{
    /// <summary>The last committed positions, by partition. No lock.</summary>
    private const string Heads = "SELECT position FROM ledger.head WHERE partition >= 0 ORDER BY partition";

    /// <summary>
    /// The unrestricted subjects of a programme in a partition whose first entry is at or before a position, and their first days. No lock.
    /// $1 programme, $2 partition, $3 position.
    /// </summary>
    private const string SubjectsOf = """
        SELECT e.subject, e.since FROM ledger.enrolment e
        CROSS JOIN LATERAL (SELECT position FROM ledger.entry WHERE subject = e.subject ORDER BY turn LIMIT 1) AS first
        WHERE e.programme = $1 AND e.partition = $2 AND NOT e.restricted AND first.position <= $3
        """;

    /// <summary>
    /// The entries in a run of positions that change a fold: events, corrections and steps of contests. No lock. $1 partition, $2 position
    /// before the run, $3 last position.
    /// </summary>
    private static readonly string Run = $"""
        SELECT partition, position, subject, turn, kind, day, body FROM ledger.entry
        WHERE partition = $1 AND position > $2 AND position <= $3
            AND kind IN ({EntryKindSql.Event}, {EntryKindSql.Corrected}, {EntryKindSql.ContestOpened},
                {EntryKindSql.ContestDecided}, {EntryKindSql.ContestExtended})
            AND subject IS NOT NULL ORDER BY position
        """;

    public Task<long[]> Positions(CancellationToken cancellationToken) => PostgresErrors.Try(
        async () => (await Rows(Command(Heads), reader => reader.GetInt64(0), cancellationToken)).ToArray(), log);

    public Task<IReadOnlyList<(SubjectId Subject, DateOnly Since)>> Subjects(
        ProgrammeId programme, int partition, long last, CancellationToken cancellationToken) =>
        PostgresErrors.Try<IReadOnlyList<(SubjectId, DateOnly)>>(
            async () => await Rows(
                Command(
                    SubjectsOf, (programme.Value, NpgsqlDbType.Text), ((short)partition, NpgsqlDbType.Smallint),
                    (last, NpgsqlDbType.Bigint)),
                reader => (new SubjectId(reader.GetInt64(0)), reader.GetFieldValue<DateOnly>(1)), cancellationToken),
            log);

    public async IAsyncEnumerable<Entry> Read(int partition, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = 0L; after < last; after += options.Value.BulkPositionsMax)
        {
            var to = Math.Min(last, after + options.Value.BulkPositionsMax);
            foreach (var entry in await Between(partition, after, to, cancellationToken)) yield return entry;
        }
    }

    private Task<List<Entry>> Between(int partition, long after, long to, CancellationToken cancellationToken) => PostgresErrors.Try(
        () => Rows(
            Command(Run, ((short)partition, NpgsqlDbType.Smallint), (after, NpgsqlDbType.Bigint), (to, NpgsqlDbType.Bigint)),
            reader => new Entry(
                reader.GetInt16(0), reader.GetInt64(1), new SubjectId(reader.GetInt64(2)), reader.GetInt64(3),
                (EntryKind)reader.GetInt16(4), reader.GetFieldValue<DateOnly>(5), reader.GetFieldValue<byte[]>(6)),
            cancellationToken),
        log);

    private static async Task<List<T>> Rows<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) rows.Add(row(reader));
        }
        return rows;
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<(object Value, NpgsqlDbType Type)> parameters) =>
        Sql.Command(database.Bulk, sql, parameters);
}
