using Microsoft.Extensions.Options;
using NpgsqlTypes;
using Scoring.Erasures;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Retention;

/// <summary>Which entries of a programme are past their retention.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="LastDayGone">The last expired day: entries of this day and before are due.</param>
/// <param name="LatenessDaysMax">Days by which an event may be late.</param>
/// <param name="Today">Today in the programme's zone.</param>
internal sealed record DueDays(ProgrammeId Programme, DateOnly LastDayGone, int LatenessDaysMax, DateOnly Today);

/// <summary>
/// Clears entries that are past their retention, as a withdrawal clears a subject's entries. Once a day it walks each partition for each
/// programme, in the order of positions, from the first row that is still kept. Days follow positions except for lateness, so the walk ends
/// where no later row can be due. One transaction declares a chunk by a tombstone and clears it, so no body is ever missing undeclared.
/// Several walks may run concurrently.
/// </summary>
internal sealed class RetentionExpirer(
    LedgerDatabase database, LedgerHeads heads, TombstoneWriter tombstones, IOptions<RetentionOptions> options)
{
    /// <summary>Days by which an entry's day may be ahead of the day on which it is written: clock skew and time zones.</summary>
    private const int AheadDays = 2;

    /// <summary>
    /// Continues the walks until all are complete or <paramref name="rowsMax"/> rows were read; returns how many entries were cleared, and
    /// whether all walks are complete.
    /// </summary>
    public async Task<(long Cleared, bool IsDone)> Run(IEnumerable<DueDays> due, long rowsMax, CancellationToken cancellationToken)
    {
        var cleared = 0L;
        var rows = 0L;
        foreach (var days in due)
        {
            for (short partition = 0; partition < database.PartitionCount; partition++)
            {
                while (await Step(partition, days, cancellationToken) is { } step)
                {
                    cleared += step.Cleared;
                    rows += step.Rows;
                    if (rows >= rowsMax) return (cleared, false);
                }
            }
        }
        return (cleared, true);
    }

    /// <summary>Processes one run of positions; <see langword="null"/> when the walk of the day is complete.</summary>
    private async Task<(long Rows, long Cleared)?> Step(short partition, DueDays days, CancellationToken cancellationToken)
    {
        var place = await PlaceOf(partition, days, cancellationToken);
        if (place.Reached is null && place.Day >= days.LastDayGone) return null;
        // An interrupted walk is continued for its own day. The walk of the next day follows it.
        var walk = place.Reached is { } reached ? days with { LastDayGone = place.Day } : days;
        var from = place.Reached ?? place.Position;
        var page = await ReadPage(partition, from, walk, cancellationToken);
        var isComplete = page.Beyond is not null || page.Rows < options.Value.ReadRowsMax;
        var to = page.Beyond - 1 ?? page.Last ?? from;
        var done = place.Position < from ? place.Position : Math.Min(page.Kept - 1 ?? to, to);
        var next = new WalkPosition(done, isComplete ? null : to, walk.LastDayGone);
        return (page.Rows + 1, await Clear(partition, walk, page, next, cancellationToken));
    }

    private async Task<long> Clear(short partition, DueDays days, WalkPage page, WalkPosition next, CancellationToken cancellationToken)
    {
        (long[] Due, long[] Consents)[] chunks =
        [
            .. page.Due.Chunk(options.Value.ClearRowsMax).Select(due => (due, (long[])[])),
            .. page.Consents.Chunk(options.Value.ClearRowsMax).Select(consents => ((long[])[], consents)),
        ];
        var cleared = 0L;
        // The place is stored with the last chunk, so an interrupted run is read again.
        for (var at = 0; at < chunks.Length; at++)
            cleared += await ClearChunk(partition, days, chunks[at], at == chunks.Length - 1 ? next : null, cancellationToken);
        if (chunks.Length > 0) return cleared;
        await using var command = Sql.Command(database.Writers, ExpirySql.StorePlace, Parameters(partition, days, next));
        await command.ExecuteNonQueryAsync(cancellationToken);
        return cleared;
    }

    private async Task<long> ClearChunk(
        short partition, DueDays days, (long[] Due, long[] Consents) chunk, WalkPosition? next, CancellationToken cancellationToken)
    {
        await using var locked = await LockedTransaction.Open(
            database, heads, partition,
            opened => opened.Run(cancellationToken, Sql.Command(LockSql.ExpireBodies, ((int)partition, NpgsqlDbType.Integer))),
            cancellationToken);
        var subjects = new List<long>();
        await using (var clear = locked.Batch(Sql.Command(
            ExpirySql.Clear, (partition, NpgsqlDbType.Smallint), (chunk.Due, NpgsqlDbType.Array | NpgsqlDbType.Bigint),
            (days.LastDayGone, NpgsqlDbType.Date), (days.Programme.Value, NpgsqlDbType.Text),
            (chunk.Consents, NpgsqlDbType.Array | NpgsqlDbType.Bigint))))
        await using (var reader = await clear.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken)) subjects.Add(reader.GetInt64(0));
        if (subjects.Count > 0) await Declare(locked, partition, days, subjects, cancellationToken);
        if (next is { } reached)
            await locked.Run(cancellationToken, Sql.Command(ExpirySql.StorePlace, Parameters(partition, days, reached)));
        await locked.Commit();
        return subjects.Count;
    }

    private async Task Declare(
        LockedTransaction locked, short partition, DueDays days, List<long> subjects, CancellationToken cancellationToken)
    {
        var position = await tombstones.Append(
            locked, partition, EntryKind.Expired, days.Today, subjects.Count, ErasureCause.Expiry, cancellationToken);
        var all = (subjects.Distinct().ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        await locked.Run(
            cancellationToken, Sql.Command(ExpirySql.DeleteSnapshots, all, (days.LastDayGone, NpgsqlDbType.Date)),
            Sql.Command(ExpirySql.DeleteNotes, all, (days.LastDayGone, NpgsqlDbType.Date)),
            Sql.Command(
                ExpirySql.InsertErasure, (partition, NpgsqlDbType.Smallint), (position, NpgsqlDbType.Bigint),
                ((long)subjects.Count, NpgsqlDbType.Bigint)));
    }

    private async Task<WalkPosition> PlaceOf(short partition, DueDays days, CancellationToken cancellationToken)
    {
        await using var command = Sql.Command(
            database.Bulk, ExpirySql.Place, (partition, NpgsqlDbType.Smallint), (days.Programme.Value, NpgsqlDbType.Text));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new WalkPosition(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetFieldValue<DateOnly>(2))
            : new WalkPosition(0, null, DateOnly.MinValue);
    }

    private async Task<WalkPage> ReadPage(short partition, long after, DueDays days, CancellationToken cancellationToken)
    {
        var beyond = days.LastDayGone.AddDays(days.LatenessDaysMax + AheadDays);
        await using var command = Sql.Command(
            database.Bulk, ExpirySql.Run, (partition, NpgsqlDbType.Smallint), (after, NpgsqlDbType.Bigint),
            (options.Value.ReadRowsMax, NpgsqlDbType.Integer), (days.Programme.Value, NpgsqlDbType.Text),
            (days.LastDayGone, NpgsqlDbType.Date), (beyond, NpgsqlDbType.Date));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new WalkPage(
            reader.GetInt64(0), Number(1), Number(2), Number(3), reader.GetFieldValue<long[]>(4), reader.GetFieldValue<long[]>(5));

        long? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
    }

    private static (object Value, NpgsqlDbType Type)[] Parameters(short partition, DueDays days, WalkPosition place) =>
    [
        (partition, NpgsqlDbType.Smallint), (days.Programme.Value, NpgsqlDbType.Text), (place.Position, NpgsqlDbType.Bigint),
        ((object?)place.Reached ?? DBNull.Value, NpgsqlDbType.Bigint), (place.Day, NpgsqlDbType.Date),
    ];

    /// <summary>The place of a walk.</summary>
    /// <param name="Position">The position from which the next walk starts.</param>
    /// <param name="Reached">The position that the walk of <paramref name="Day"/> has reached; null when it is complete.</param>
    /// <param name="Day">The last expired day of the walk.</param>
    private readonly record struct WalkPosition(long Position, long? Reached, DateOnly Day);

    /// <summary>What <see cref="ExpirySql.Run"/> returns.</summary>
    private sealed record WalkPage(long Rows, long? Last, long? Beyond, long? Kept, long[] Due, long[] Consents);
}
