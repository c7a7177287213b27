using Scoring.Ledger;

namespace Scoring.Checkpoints;

/// <summary>
/// The statements on tiles and checkpoints. Only <see cref="Pad"/> needs a partition's lock. Statements that write tiles or a checkpoint
/// run under the advisory lock of <see cref="CheckpointService"/>, so one silo at a time writes them.
/// </summary>
internal static class TileSql
{
    /// <summary>
    /// The last position of each partition, and how many hashes it has at level 1. No lock: a head that is read is committed, and only the
    /// holder of the checkpoint lock writes tiles.
    /// </summary>
    public const string Progress = """
        SELECT h.partition, h.position, coalesce(t.number * 256 + octet_length(t.hashes) / 32, 0)
        FROM ledger.head h LEFT JOIN LATERAL (
            SELECT number, hashes FROM ledger.tile WHERE partition = h.partition AND level = 1 ORDER BY number DESC LIMIT 1) t ON true
        ORDER BY h.partition
        """;

    /// <summary>
    /// The leaves of whole tiles, in order. No lock: all positions up to a committed head exist, and a leaf never changes. $1 partition, $2
    /// first tile, $3 tiles.
    /// </summary>
    public const string Leaves = """
        SELECT leaf FROM ledger.entry
        WHERE partition = $1 AND position > $2 * 256 AND position <= ($2 + $3) * 256 ORDER BY position
        """;

    /// <summary>The leaves of single tiles. No lock. A missing row makes its tile shorter. $1 partition, $2 tiles.</summary>
    public const string LeafTiles = """
        SELECT i.number, l.leaves FROM unnest($2) AS i (number) CROSS JOIN LATERAL (
            SELECT string_agg(leaf, ''::bytea ORDER BY position) AS leaves FROM ledger.entry
            WHERE partition = $1 AND position > i.number * 256 AND position <= i.number * 256 + 256) l
        """;

    /// <summary>Reads tiles. No lock: hashes are only appended to a tile. $1 partition, $2 levels, $3 numbers.</summary>
    public const string Tiles = """
        SELECT t.level, t.number, t.hashes FROM unnest($2, $3) AS i (level, number)
        CROSS JOIN LATERAL (
            SELECT level, number, hashes FROM ledger.tile
            WHERE partition = $1 AND level = i.level AND number = i.number OFFSET 0) t
        """;

    /// <summary>
    /// Appends hashes to a tile if it has exactly the expected length; changes no row otherwise. Runs under the checkpoint lock and locks
    /// the tile's row. $1 partition, $2 level, $3 number, $4 hashes, $5 expected bytes.
    /// </summary>
    public const string Extend = """
        INSERT INTO ledger.tile AS t (partition, level, number, hashes) SELECT $1, $2, $3, $4
        ON CONFLICT (partition, level, number) DO UPDATE SET hashes = t.hashes || excluded.hashes WHERE octet_length(t.hashes) = $5
        """;

    /// <summary>A part of statements: the note of a checkpoint followed by its cosignatures.</summary>
    private const string Whole = """
        SELECT c.note || coalesce((SELECT string_agg(line, '' ORDER BY witness) FROM ledger.cosignature s WHERE s.number = c.number), '')
        FROM ledger.checkpoint c
        """;

    /// <summary>The latest checkpoint with its cosignatures. No lock: checkpoints never change.</summary>
    public const string Latest = $"{Whole} ORDER BY c.number DESC LIMIT 1";

    /// <summary>A checkpoint with its cosignatures. No lock. $1 number.</summary>
    public const string Find = $"{Whole} WHERE c.number = $1";

    /// <summary>
    /// When the latest checkpoint was made, by the machine's clock. No lock of its own: it runs under the checkpoint lock.
    /// </summary>
    public const string MadeAt = "SELECT made_at FROM ledger.checkpoint ORDER BY number DESC LIMIT 1";

    /// <summary>The leaves of the log of checkpoints up to a number. No lock. $1 number.</summary>
    public const string CheckpointLeaves = "SELECT number, leaf FROM ledger.checkpoint WHERE number <= $1 ORDER BY number";

    /// <summary>
    /// Stores a checkpoint. Runs under the checkpoint lock and locks its own new row. A number that exists is a defect and throws. $1
    /// number, $2 leaf, $3 note, $4 instant.
    /// </summary>
    public const string Insert = "INSERT INTO ledger.checkpoint (number, leaf, note, made_at) VALUES ($1, $2, $3, $4)";

    /// <summary>
    /// Stores a cosignature, or replaces one that has no later time, and locks its row. The time is 8 bytes, big-endian, behind the 4 bytes
    /// of the key id, so bytes compare like times. At the same time the new line wins: it was encoded by this build, and an earlier build
    /// stored what it was sent. $1 number, $2 witness, $3 line.
    /// </summary>
    public const string Cosign = """
        INSERT INTO ledger.cosignature AS s (number, witness, line) VALUES ($1, $2, $3)
        ON CONFLICT (number, witness) DO UPDATE SET line = excluded.line
        WHERE substr(decode(split_part(s.line, ' ', 3), 'base64'), 5, 8)
            <= substr(decode(split_part(excluded.line, ' ', 3), 'base64'), 5, 8)
        """;

    /// <summary>
    /// Appends padding to a partition after its declaration. Takes no lock: the caller has locked the partition. $1 partition, $2 random
    /// leaves. Returns (partition, position).
    /// </summary>
    public static readonly string Pad = $"""
        WITH inserted AS (
            INSERT INTO ledger.entry (partition, position, kind, leaf)
            SELECT h.partition, h.position + i.n, {EntryKindSql.Padding}, i.leaf
            FROM ledger.head h, unnest($2) WITH ORDINALITY AS i (leaf, n) WHERE h.partition = $1
        )
        UPDATE ledger.head SET position = position + cardinality($2) WHERE partition = $1 RETURNING partition::integer, position
        """;
}
