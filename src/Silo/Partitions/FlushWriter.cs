using Npgsql;
using Scoring.Ledger;

namespace Scoring.Partitions;

/// <summary>
/// Writes the flushes of one lane, one after the other: from memory as far as it is right, and by the database for the rest.
/// </summary>
internal sealed class FlushWriter(WriterMemory? memory, LedgerHeads heads)
{
    private const string EntryKeyConstraint = "entry_key";
    private const int RepeatsMax = 6;
    private int _repeats;
    private int _flushesBySql;

    /// <summary>Writes a flush as far as memory is right; all of it by SQL when a key turns out to be repeated.</summary>
    public async Task<Flush> Write(NpgsqlConnection connection, List<PendingRow> rows)
    {
        if (memory is null) return await Run(connection, new Flush(rows));
        await CatchUpWithOthers(connection, rows);
        var flush = new Flush(rows, memory, bySqlAlone: _flushesBySql > 0);
        if (_flushesBySql > 0) _flushesBySql--;
        try
        {
            await flush.Run(connection);
            if (flush.Guarded is not null) _repeats = 0;
            return flush;
        }
        catch (PostgresException exception) when (flush.Guarded is not null && exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // A key of long ago, which only the index remembers. Who sends one sends more: for some flushes the database decides.
            LedgerMetrics.Repeated.Add(1);
            if (exception.ConstraintName != EntryKeyConstraint) memory.Clear(flush.Partitions);
            _repeats = Math.Min(_repeats + 1, RepeatsMax);
            _flushesBySql = 1 << _repeats;
            return await Run(connection, new Flush(rows, memory, bySqlAlone: true));
        }
        catch
        {
            flush.Guarded?.Doubt();
            throw;
        }
    }

    private static async Task<Flush> Run(NpgsqlConnection connection, Flush flush)
    {
        await flush.Run(connection);
        return flush;
    }

    /// <summary>Reads what other writers have appended to partitions, so that what is remembered of them is right again.</summary>
    private async Task CatchUpWithOthers(NpgsqlConnection connection, List<PendingRow> rows)
    {
        var grown = rows.Select(row => row.Partition).Distinct().Where(partition => memory![partition].IsBehind(heads.Head(partition)));
        var catchUp = new CatchUp(memory!, grown);
        if (catchUp.IsEmpty) return;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(catchUp.Command());
        await using (var reader = await batch.ExecuteReaderAsync()) await catchUp.Read(reader);
        catchUp.Remember();
    }
}
