using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>
/// Builds one checkpoint: verifies the last one, fills the partitions, builds the tiles, signs and inserts. After a crash at any step the
/// next run starts from the beginning: a full partition is not filled again, a finished tile stays, and a checkpoint is one row.
/// </summary>
internal sealed class CheckpointBuilder(
    PartitionPadder padder, MerkleTileBuilder tiles, CheckpointKeys keys, IncarnationMonitor incarnation, ProgrammeClock clock)
{
    /// <summary>The partitions, ascending. No lock: heads never change after the first start.</summary>
    private const string ReadPartitions = "SELECT partition FROM ledger.head ORDER BY partition";

    /// <summary>Builds all full tiles; returns how many leaves they cover.</summary>
    /// <param name="connection">The connection that holds the checkpoint lock.</param>
    /// <param name="cancellationToken">Cancels the work between two tiles.</param>
    public Task<long> BuildTiles(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        tiles.Run(connection, cancellationToken);

    /// <summary>Builds the next checkpoint.</summary>
    /// <param name="connection">The connection that holds the checkpoint lock.</param>
    /// <param name="madeAt">The instant, by the machine's clock.</param>
    /// <param name="cancellationToken">Cancels the work; nothing is signed then.</param>
    /// <exception cref="SealBrokenException">The stored logs do not match the last checkpoint.</exception>
    public async Task<Checkpoint> Seal(NpgsqlConnection connection, DateTimeOffset madeAt, CancellationToken cancellationToken)
    {
        var last = await PostgresCheckpoints.Latest(connection, cancellationToken);
        var log = await PostgresCheckpoints.LogOf(connection, long.MaxValue, cancellationToken);
        if (last is not null || log.Size > 0) await VerifyLastCheckpoint(connection, last, log, cancellationToken);
        var sizes = new List<(short Partition, long Size)>();
        foreach (var partition in await Partitions(connection, cancellationToken))
            sizes.Add((partition, await padder.Fill(partition, cancellationToken)));
        await tiles.Run(connection, cancellationToken);

        var logs = ImmutableArray.CreateBuilder<LogHead>();
        foreach (var (partition, size) in sizes)
            logs.Add(new LogHead(partition, size, await PartitionLogReader.Root(connection, partition, size, cancellationToken)));
        var now = clock.Now;
        var life = NameOf(incarnation.Current!);
        var statement = new CheckpointStatement(
            last is not null && last.At > now ? last.At : now, life, last is null || last.Life == life ? null : last.Life,
            logs.ToImmutable());
        var note = new CheckpointNote(keys.Origin, log.Size + 1, log.With(statement.Leaf).Root, statement);
        var signed = keys.Sign(note.Text);
        await using var insert = Sql.Command(
            connection, TileSql.Insert, (note.Number, NpgsqlDbType.Bigint), (statement.Leaf, NpgsqlDbType.Bytea),
            (signed, NpgsqlDbType.Text), (madeAt.UtcDateTime, NpgsqlDbType.TimestampTz));
        await insert.ExecuteNonQueryAsync(cancellationToken);
        return new Checkpoint(note.Number, statement.At, life, statement.Logs, signed);
    }

    /// <summary>A short name of an incarnation of the ledger: 16 hexadecimal digits.</summary>
    internal static string NameOf(IncarnationId id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id.System}/{id.Timeline}/{id.Counter}"))).AsSpan(0, 8));

    /// <summary>
    /// Verifies what the next checkpoint builds on: the last signature, the log of checkpoints, and the root of each partition.
    /// </summary>
    private async Task VerifyLastCheckpoint(
        NpgsqlConnection connection, Checkpoint? last, CheckpointLog log, CancellationToken cancellationToken)
    {
        if (last is null || last.Number != log.Size)
            throw new SealBrokenException("The number of the last checkpoint is not the number of checkpoints.");
        if (!keys.HasSigned(last.Note))
            throw new SealBrokenException("The last checkpoint is not signed by this platform under this origin.");
        if (!log.Root.AsSpan().SequenceEqual(CheckpointNote.Read(last.Note).Root))
            throw new SealBrokenException("The log of checkpoints is not as it was signed.");
        foreach (var (partition, size, root) in last.Logs)
        {
            if (!(await PartitionLogReader.Root(connection, (short)partition, size, cancellationToken)).AsSpan().SequenceEqual(root))
                throw new SealBrokenException($"The log of partition {partition} is not as it was signed.");
        }
    }

    private static async Task<List<short>> Partitions(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var partitions = new List<short>();
        await using var command = new NpgsqlCommand(ReadPartitions, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) partitions.Add(reader.GetInt16(0));
        return partitions;
    }
}
