using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>
/// Makes tiles of what is written: each 256 leaves give a hash of level 1, each full tile one of the level above. Knows nothing between two
/// runs; how far it is stands in the tiles. Whoever calls holds the sealer's lock on this very connection.
/// </summary>
internal sealed class MerkleTileBuilder(int tilesAtOnceMax)
{
    /// <summary>Makes all full tiles of every partition; returns how many leaves they took up.</summary>
    public async Task<long> Run(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var climbed = 0L;
        foreach (var (partition, position, tiles) in await Reached(connection, cancellationToken))
        {
            for (var next = tiles; next < position / MerkleTileReader.Width;)
            {
                var count = (int)Math.Min(tilesAtOnceMax, (position / MerkleTileReader.Width) - next);
                await Climb(connection, partition, next, count, cancellationToken);
                next += count;
                climbed += count * MerkleTileReader.Width;
            }
        }
        return climbed;
    }

    /// <summary>How far each partition is written, and how many hashes of level 1 it has.</summary>
    private static async Task<List<(short Partition, long Position, long Tiles)>> Reached(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var reached = new List<(short, long, long)>();
        await using var command = new NpgsqlCommand(TileSql.Reached, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) reached.Add((reader.GetInt16(0), reader.GetInt64(1), reader.GetInt64(2)));
        return reached;
    }

    private static async Task Climb(
        NpgsqlConnection connection, short partition, long first, int count, CancellationToken cancellationToken)
    {
        var hashes = await Roots(connection, partition, first, count, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        for (var (level, from) = (1, first); hashes.Length > 0; level++)
        {
            var full = await Extend(connection, partition, level, from, hashes, cancellationToken);
            (from, hashes) = (from / MerkleTileReader.Width, full);
        }
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>The hashes of level 1 over runs of 256 leaves.</summary>
    private static async Task<byte[]> Roots(
        NpgsqlConnection connection, short partition, long first, int count, CancellationToken cancellationToken)
    {
        var (roots, tile, filled, done) = (new byte[count * MerkleLog.HashBytes], new byte[MerkleTileReader.Bytes], 0, 0);
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
        return done == count ? roots : throw new SealBrokenException("A partition lacks rows below its head.");
    }

    /// <summary>Adds hashes to a level from one place on; returns those that its tiles, full by now, give to the level above.</summary>
    private static async Task<byte[]> Extend(
        NpgsqlConnection connection, short partition, int level, long from, byte[] hashes, CancellationToken cancellationToken)
    {
        var above = new List<byte>();
        for (var taken = 0; taken < hashes.Length;)
        {
            var (number, held) = (from / MerkleTileReader.Width, (int)(from % MerkleTileReader.Width) * MerkleLog.HashBytes);
            var piece = hashes.AsSpan(taken, Math.Min(hashes.Length - taken, MerkleTileReader.Bytes - held)).ToArray();
            await using var extend = Sql.Command(
                connection, TileSql.Extend, (partition, NpgsqlDbType.Smallint), ((short)level, NpgsqlDbType.Smallint),
                (number, NpgsqlDbType.Bigint), (piece, NpgsqlDbType.Bytea), (held, NpgsqlDbType.Integer));
            if (await extend.ExecuteNonQueryAsync(cancellationToken) != 1) throw new SealBrokenException("A tile is not as it was left.");
            (taken, from) = (taken + piece.Length, from + (piece.Length / MerkleLog.HashBytes));
            if (held + piece.Length < MerkleTileReader.Bytes) continue;
            var full = await MerkleTileReader.Read(connection, partition, [(level, number)], cancellationToken);
            above.AddRange(MerkleLog.Complete(full.Single().Hashes));
        }
        return [.. above];
    }
}
