using NpgsqlTypes;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Reads the record: the table of acts leads to the entries, so that the ledger is not gone through.</summary>
internal sealed class RecordReader(LedgerDatabase database)
{
    private const int CountMax = 1000;

    // Two ordered runs of the index, a programme's and everybody's, each no longer than what is asked for.
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
