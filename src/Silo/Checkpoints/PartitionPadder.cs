using System.Security.Cryptography;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>
/// Fills a partition up to whole tiles with random leaves, so that the sizes in checkpoints tell nobody how much was written. How many they
/// are is declared before them: who counts missing bodies knows which were never there.
/// </summary>
internal sealed class PartitionPadder(LedgerDatabase database, LedgerHeads heads, ProgrammeClock clock)
{
    /// <summary>Fills one partition; returns its size, a multiple of 256. Nothing is added to a partition that is full.</summary>
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
