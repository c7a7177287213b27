using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>Reads hashes of complete subtrees of a partition's log: from tiles, and below them from the entries' leaves.</summary>
internal static class MerkleTileReader
{
    /// <summary>Number of hashes in a tile.</summary>
    public const int Width = 256;

    /// <summary>Number of levels of the tree that a tile spans.</summary>
    public const int Height = 8;

    /// <summary>Length of a full tile in bytes.</summary>
    public const int Bytes = Width * MerkleLog.HashBytes;

    /// <summary>
    /// Finds the hashes of subtrees, and reads each tile once. A missing hash, which only tampering can cause, counts as zeros and so gives
    /// another root.
    /// </summary>
    public static async Task<IReadOnlyDictionary<Subtree, byte[]>> Find(
        NpgsqlConnection connection, short partition, IEnumerable<Subtree> wanted, CancellationToken cancellationToken)
    {
        var byTile = wanted.Distinct().ToLookup(TileOf);
        var found = new Dictionary<Subtree, byte[]>();
        foreach (var (tile, hashes) in await Read(connection, partition, [.. byTile.Select(group => group.Key)], cancellationToken))
            foreach (var subtree in byTile[tile]) found[subtree] = Hash(subtree, hashes);
        foreach (var subtree in byTile.SelectMany(group => group)) found.TryAdd(subtree, new byte[MerkleLog.HashBytes]);
        return found;
    }

    private static (int Level, long Number) TileOf(Subtree subtree) =>
        (subtree.Level / Height, (subtree.Index << (subtree.Level % Height)) / Width);

    private static byte[] Hash(Subtree subtree, byte[] tile)
    {
        var first = subtree.Index << (subtree.Level % Height);
        var count = 1 << (subtree.Level % Height);
        var whole = tile.AsSpan();
        if (whole.Length < Bytes)
        {
            whole = new byte[Bytes];
            tile.CopyTo(whole);
        }
        return MerkleLog.Complete(whole.Slice((int)(first % Width) * MerkleLog.HashBytes, count * MerkleLog.HashBytes));
    }

    /// <summary>Reads tiles. Level 0 is the entries' leaves.</summary>
    public static async Task<List<((int Level, long Number) Tile, byte[] Hashes)>> Read(
        NpgsqlConnection connection, short partition, (int Level, long Number)[] wanted, CancellationToken cancellationToken)
    {
        var leaves = wanted.Where(tile => tile.Level == 0).ToArray();
        var upper = wanted.Where(tile => tile.Level > 0).ToArray();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Sql.Command(
            TileSql.LeafTiles, (partition, NpgsqlDbType.Smallint),
            (leaves.Select(tile => tile.Number).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)));
        batch.BatchCommands.Add(Sql.Command(
            TileSql.Tiles, (partition, NpgsqlDbType.Smallint),
            (upper.Select(tile => (short)tile.Level).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint),
            (upper.Select(tile => tile.Number).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)));
        var found = new List<((int, long), byte[])>(wanted.Length);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            if (!reader.IsDBNull(1)) found.Add(((0, reader.GetInt64(0)), reader.GetFieldValue<byte[]>(1)));
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(((reader.GetInt16(0), reader.GetInt64(1)), reader.GetFieldValue<byte[]>(2)));
        return found;
    }
}
