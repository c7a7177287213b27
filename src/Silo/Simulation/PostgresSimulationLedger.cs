using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Simulation;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>
/// Reads in bulk over connections of its own. Each statement goes over a bounded run of positions and has its own snapshot, so that no long
/// one keeps erased rows from being vacuumed, and what is erased between two is not read any more.
/// </summary>
internal sealed class PostgresSimulationLedger(
    LedgerDatabase database, IOptions<LedgerOptions> options, ILogger<PostgresSimulationLedger> log) : ISimulationLedger
{
    private const string Heads = "SELECT position FROM ledger.head WHERE partition >= 0 ORDER BY partition";

    private const string Members = """
        SELECT e.subject, e.since FROM ledger.enrolment e
        CROSS JOIN LATERAL (SELECT position FROM ledger.entry WHERE subject = e.subject ORDER BY turn LIMIT 1) AS first
        WHERE e.programme = $1 AND e.partition = $2 AND NOT e.restricted AND first.position <= $3
        """;

    // Events, corrections, contests: the kinds that a fold takes anything from.
    private const string Run = """
        SELECT partition, position, subject, turn, kind, day, body FROM ledger.entry
        WHERE partition = $1 AND position > $2 AND position <= $3 AND kind IN (1, 4, 5, 6, 18) AND subject IS NOT NULL ORDER BY position
        """;

    public Task<long[]> Positions(CancellationToken cancellationToken) => PostgresErrors.Try(
        async () => (await Rows(Command(Heads), reader => reader.GetInt64(0), cancellationToken)).ToArray(), log);

    public Task<IReadOnlyList<(SubjectId Subject, DateOnly Since)>> Subjects(
        ProgrammeId programme, int partition, long last, CancellationToken cancellationToken) =>
            PostgresErrors.Try<IReadOnlyList<(SubjectId, DateOnly)>>(
        async () => await Rows(
            Command(
                Members, (programme.Value, NpgsqlDbType.Text), ((short)partition, NpgsqlDbType.Smallint), (last, NpgsqlDbType.Bigint)),
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
