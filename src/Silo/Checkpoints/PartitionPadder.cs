using System.Security.Cryptography;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>
/// Fills a partition up to whole tiles with random leaves, so that the sizes in checkpoints do not reveal how much was written. A public
/// entry before them declares their number, so an auditor who counts missing bodies knows which rows never had one.
/// </summary>
internal sealed class PartitionPadder(LedgerDatabase database, LedgerHeads heads, ProgrammeClock clock)
{
    /// <summary>Fills a partition; returns its size, a multiple of 256. A partition of such a size stays as it is.</summary>
    public async Task<long> Fill(short partition, CancellationToken cancellationToken)
    {
        await using var locked = await LockedTransaction.Open(database, heads, [partition], cancellationToken);
        var position = await locked.Head(partition, cancellationToken);
        if (position % MerkleTileReader.Width == 0) return position;
        var count = MerkleTileReader.Width - (int)(position % MerkleTileReader.Width) - 1;
        await locked.AppendPublic(
            partition, EntryKind.Padded, DateOnly.FromDateTime(clock.Now.UtcDateTime), Enrolments.StoreEntryBodies.Count(count),
            cancellationToken);
        if (count > 0)
        {
            var drawn = Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetBytes(MerkleLog.HashBytes)).ToArray();
            await locked.Append(
                Sql.Command(
                    TileSql.Pad, (partition, NpgsqlDbType.Smallint), (drawn, NpgsqlDbType.Array | NpgsqlDbType.Bytea)),
                cancellationToken);
        }
        await locked.Commit();
        return position + 1 + count;
    }
}
