using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>
/// Builds tiles over the written entries: each run of 256 leaves gives a hash of level 1, and each full tile gives a hash of the level
/// above. It keeps nothing between two runs, because the tiles show how far they are built. The caller holds the checkpoint lock on the
/// same connection.
/// </summary>
internal sealed class MerkleTileBuilder(int tilesAtOnceMax)
{
    /// <summary>Builds all full tiles of every partition; returns how many leaves they cover.</summary>
    public async Task<long> Run(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var leaves = 0L;
        foreach (var (partition, position, tiles) in await ReadProgress(connection, cancellationToken))
        {
            for (var next = tiles; next < position / MerkleTileReader.Width;)
            {
                var count = (int)Math.Min(tilesAtOnceMax, (position / MerkleTileReader.Width) - next);
                await Build(connection, partition, next, count, cancellationToken);
                next += count;
                leaves += count * MerkleTileReader.Width;
            }
        }
        return leaves;
    }

    /// <summary>Reads the last position of each partition, and how many hashes of level 1 it has.</summary>
    private static async Task<List<(short Partition, long Position, long Tiles)>> ReadProgress(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var progress = new List<(short, long, long)>();
        await using var command = new NpgsqlCommand(TileSql.Progress, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) progress.Add((reader.GetInt16(0), reader.GetInt64(1), reader.GetInt64(2)));
        return progress;
    }

    private static async Task Build(
        NpgsqlConnection connection, short partition, long first, int count, CancellationToken cancellationToken)
    {
        var hashes = await Roots(connection, partition, first, count, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var from = first;
        for (var level = 1; hashes.Length > 0; level++)
        {
            hashes = await Extend(connection, partition, level, from, hashes, cancellationToken);
            from /= MerkleTileReader.Width;
        }
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Computes the hashes of level 1 over runs of 256 leaves.</summary>
    private static async Task<byte[]> Roots(
        NpgsqlConnection connection, short partition, long first, int count, CancellationToken cancellationToken)
    {
        var roots = new byte[count * MerkleLog.HashBytes];
        var tile = new byte[MerkleTileReader.Bytes];
        var filled = 0;
        var done = 0;
        await using var command = Sql.Command(
            connection, TileSql.Leaves, (partition, NpgsqlDbType.Smallint), (first, NpgsqlDbType.Bigint),
            ((long)count, NpgsqlDbType.Bigint));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            reader.GetBytes(0, 0, tile, filled, MerkleLog.HashBytes);
            if ((filled += MerkleLog.HashBytes) < MerkleTileReader.Bytes) continue;
            MerkleLog.Complete(tile).CopyTo(roots, done++ * MerkleLog.HashBytes);
            filled = 0;
        }
        return done == count ? roots : throw new SealBrokenException("A partition has fewer rows than its head says.");
    }

    /// <summary>
    /// Appends hashes to a level from an index on; returns the hashes of the tiles that are full now, for the level above.
    /// </summary>
    private static async Task<byte[]> Extend(
        NpgsqlConnection connection, short partition, int level, long from, byte[] hashes, CancellationToken cancellationToken)
    {
        var above = new List<byte>();
        for (var taken = 0; taken < hashes.Length;)
        {
            var number = from / MerkleTileReader.Width;
            var held = (int)(from % MerkleTileReader.Width) * MerkleLog.HashBytes;
            var piece = hashes.AsSpan(taken, Math.Min(hashes.Length - taken, MerkleTileReader.Bytes - held)).ToArray();
            await using var extend = Sql.Command(
                connection, TileSql.Extend, (partition, NpgsqlDbType.Smallint), ((short)level, NpgsqlDbType.Smallint),
                (number, NpgsqlDbType.Bigint), (piece, NpgsqlDbType.Bytea), (held, NpgsqlDbType.Integer));
            if (await extend.ExecuteNonQueryAsync(cancellationToken) != 1) throw new SealBrokenException("A tile was changed.");
            taken += piece.Length;
            from += piece.Length / MerkleLog.HashBytes;
            if (held + piece.Length < MerkleTileReader.Bytes) continue;
            var full = await MerkleTileReader.Read(connection, partition, [(level, number)], cancellationToken);
            above.AddRange(MerkleLog.Complete(full.Single().Hashes));
        }
        return [.. above];
    }
}
