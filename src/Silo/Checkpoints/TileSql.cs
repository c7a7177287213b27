namespace Scoring.Checkpoints;

/// <summary>The statements about tiles and checkpoints. None takes a lock of the ledger's; who writes tiles holds the sealer's.</summary>
internal static class TileSql
{
    /// <summary>How far each partition is written, and how many tiles of leaves stand at level 1.</summary>
    public const string Reached = """
        SELECT h.partition, h.position, coalesce(t.number * 256 + octet_length(t.hashes) / 32, 0)
        FROM ledger.head h LEFT JOIN LATERAL (
            SELECT number, hashes FROM ledger.tile WHERE partition = h.partition AND level = 1 ORDER BY number DESC LIMIT 1) t ON true
        ORDER BY h.partition
        """;

    /// <summary>
    /// The leaves of whole tiles, in order: $1 partition, $2 first tile, $3 tiles. Positions up to a head that was read are all there.
    /// </summary>
    public const string Leaves = """
        SELECT leaf FROM ledger.entry
        WHERE partition = $1 AND position > $2 * 256 AND position <= ($2 + $3) * 256 ORDER BY position
        """;

    /// <summary>The leaves of single tiles: $1 partition, $2 tiles. A row that is gone leaves its tile short.</summary>
    public const string LeafTiles = """
        SELECT i.number, l.leaves FROM unnest($2) AS i (number) CROSS JOIN LATERAL (
            SELECT string_agg(leaf, ''::bytea ORDER BY position) AS leaves FROM ledger.entry
            WHERE partition = $1 AND position > i.number * 256 AND position <= i.number * 256 + 256) l
        """;

    /// <summary>Tiles: $1 partition, $2 levels, $3 numbers.</summary>
    public const string Tiles = """
        SELECT t.level, t.number, t.hashes FROM unnest($2, $3) AS i (level, number)
        CROSS JOIN LATERAL (
            SELECT level, number, hashes FROM ledger.tile
            WHERE partition = $1 AND level = i.level AND number = i.number OFFSET 0) t
        """;

    /// <summary>
    /// Adds hashes to a tile that has exactly as many bytes as the writer believes: $1 partition, $2 level, $3 number, $4 hashes, $5 bytes.
    /// </summary>
    public const string Extend = """
        INSERT INTO ledger.tile AS t (partition, level, number, hashes) SELECT $1, $2, $3, $4
        ON CONFLICT (partition, level, number) DO UPDATE SET hashes = t.hashes || excluded.hashes WHERE octet_length(t.hashes) = $5
        """;

    private const string Whole = """
        SELECT c.note || coalesce((SELECT string_agg(line, '' ORDER BY witness) FROM ledger.cosignature s WHERE s.number = c.number), '')
        FROM ledger.checkpoint c
        """;

    /// <summary>The latest checkpoint with its cosignatures.</summary>
    public const string Latest = $"{Whole} ORDER BY c.number DESC LIMIT 1";

    /// <summary>One checkpoint with its cosignatures: $1 number.</summary>
    public const string Find = $"{Whole} WHERE c.number = $1";

    /// <summary>When the latest checkpoint was made, by the machine's clock.</summary>
    public const string MadeAt = "SELECT made_at FROM ledger.checkpoint ORDER BY number DESC LIMIT 1";

    /// <summary>The leaves of the log of checkpoints: $1 up to this number.</summary>
    public const string CheckpointLeaves = "SELECT number, leaf FROM ledger.checkpoint WHERE number <= $1 ORDER BY number";

    /// <summary>$1 number, $2 leaf, $3 note, $4 made at. A number that is taken is a defect and throws.</summary>
    public const string Insert = "INSERT INTO ledger.checkpoint (number, leaf, note, made_at) VALUES ($1, $2, $3, $4)";

    /// <summary>$1 number, $2 witness, $3 line.</summary>
    public const string Cosign = """
        INSERT INTO ledger.cosignature (number, witness, line) VALUES ($1, $2, $3)
        ON CONFLICT (number, witness) DO UPDATE SET line = excluded.line
        """;

    /// <summary>
    /// Fills a partition that is locked and has just got its declaration: $1 partition, $2 drawn leaves. Returns (partition, position).
    /// </summary>
    public const string Pad = """
        WITH inserted AS (
            INSERT INTO ledger.entry (partition, position, kind, leaf)
            SELECT h.partition, h.position + i.n, 15, i.leaf
            FROM ledger.head h, unnest($2) WITH ORDINALITY AS i (leaf, n) WHERE h.partition = $1
        )
        UPDATE ledger.head SET position = position + cardinality($2) WHERE partition = $1 RETURNING partition::integer, position
        """;
}
