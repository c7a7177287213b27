using NpgsqlTypes;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>
/// Reads the record of administrative actions. The table of actions leads to their entries, so the ledger is not scanned.
/// </summary>
internal sealed class RecordReader(LedgerDatabase database)
{
    private const int CountMax = 1000;

    /// <summary>
    /// The actions after a number, ascending: those of a programme and those without one. No lock: numbers become visible in order, and an
    /// action never changes. $1 programme, $2 number, $3 count. It reads two ordered runs of the index, each at most $3 long.
    /// </summary>
    private const string Acts = """
        SELECT a.number, a.position, e.body FROM (
            (SELECT number, position FROM ledger.act WHERE programme = $1 AND number > $2 ORDER BY number LIMIT $3)
            UNION ALL
            (SELECT number, position FROM ledger.act WHERE programme IS NULL AND number > $2 ORDER BY number LIMIT $3)
            ORDER BY number LIMIT $3) a
        CROSS JOIN LATERAL (SELECT body FROM ledger.entry WHERE partition = 0 AND position = a.position OFFSET 0) e
        ORDER BY a.number
        """;

    public async Task<IReadOnlyList<RecordedAdminAction>> Read(
        ProgrammeId programme, long after, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var acts = new List<RecordedAdminAction>();
        await using var command = Sql.Command(
            database.Readers, Acts, (programme.Value, NpgsqlDbType.Text), (after, NpgsqlDbType.Bigint),
            (Math.Min(count, CountMax), NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            acts.Add(AdminActionBody.Read(reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        return acts;
    }
}
