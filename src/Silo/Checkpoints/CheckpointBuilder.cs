using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>
/// Makes one checkpoint: sees that what was sealed last still stands, fills the partitions, makes the tiles, signs. Cut off anywhere, it
/// begins anew and nothing is wrong: filling fills no further, tiles are there or not, a checkpoint is one row.
/// </summary>
internal sealed class CheckpointBuilder(
    PartitionPadder padding, MerkleTileBuilder climbing, CheckpointSigner signer, IncarnationMonitor incarnation, ProgrammeClock clock,
    IOptions<CheckpointOptions> options)
{
    /// <summary>Makes the next one.</summary>
    /// <param name="connection">Holds the sealer's lock.</param>
    /// <param name="madeAt">By the machine's clock.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="SealBrokenException">What stands there does not fit the checkpoint before.</exception>
    public async Task<Checkpoint> Seal(NpgsqlConnection connection, DateTimeOffset madeAt, CancellationToken cancellationToken)
    {
        var last = await PostgresCheckpoints.Latest(connection, cancellationToken);
        var log = await PostgresCheckpoints.LogOf(connection, long.MaxValue, cancellationToken);
        if (last is not null || log.Size > 0) await VerifyLastCheckpoint(connection, last, log, cancellationToken);
        var sizes = new List<(short Partition, long Size)>();
        foreach (var partition in await Partitions(connection, cancellationToken))
            sizes.Add((partition, await padding.Fill(partition, cancellationToken)));
        await climbing.Run(connection, cancellationToken);

        var logs = ImmutableArray.CreateBuilder<LogHead>();
        foreach (var (partition, size) in sizes)
            logs.Add(new LogHead(partition, size, await PartitionLogReader.Root(connection, partition, size, cancellationToken)));
        var (now, life) = (clock.Now, Life(incarnation.Current!));
        var statement = new CheckpointStatement(
            last is not null && last.At > now ? last.At : now, life, last is null || last.Life == life ? null : last.Life,
            logs.ToImmutable());
        var note = new CheckpointNote(options.Value.Origin, log.Size + 1, log.With(statement.Leaf).Root, statement);
        var signed = signer.Sign(options.Value.Origin, note.Text);
        await using var insert = Sql.Command(
            connection, TileSql.Insert, (note.Number, NpgsqlDbType.Bigint), (statement.Leaf, NpgsqlDbType.Bytea),
            (signed, NpgsqlDbType.Text), (madeAt.UtcDateTime, NpgsqlDbType.TimestampTz));
        await insert.ExecuteNonQueryAsync(cancellationToken);
        return new Checkpoint(note.Number, statement.At, life, statement.Logs, signed);
    }

    /// <summary>A short name of one life of the ledger.</summary>
    internal static string Life(IncarnationId id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id.System}/{id.Timeline}/{id.Counter}"))).AsSpan(0, 8));

    /// <summary>
    /// Nothing is signed on top of what does not stand: the last signature, the log of checkpoints, each partition's root.
    /// </summary>
    private async Task VerifyLastCheckpoint(
        NpgsqlConnection connection, Checkpoint? last, CheckpointLog log, CancellationToken cancellationToken)
    {
        if (last is null || last.Number != log.Size) throw new SealBrokenException("The last checkpoint is not where its number says.");
        var (note, text) = (CheckpointNote.Read(last.Note), CheckpointNote.TextOf(last.Note));
        var lines = last.Note[(text.Length + 1)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!Keys().Any(key => lines.Any(line => key.Verifies(line, text))))
            throw new SealBrokenException("The last checkpoint is not signed by this platform under this origin.");
        if (!log.Root.AsSpan().SequenceEqual(note.Root)) throw new SealBrokenException("The log of checkpoints is not as it was signed.");
        foreach (var (partition, size, root) in last.Logs)
        {
            if (!(await PartitionLogReader.Root(connection, (short)partition, size, cancellationToken)).AsSpan().SequenceEqual(root))
                throw new SealBrokenException($"The log of partition {partition} is not as it was signed.");
        }
    }

    private IEnumerable<VerifierKey> Keys()
    {
        yield return signer.Key(options.Value.Origin);
        foreach (var former in options.Value.FormerKeys)
            if (VerifierKey.TryParse(former, out var key)) yield return key;
    }

    private static async Task<List<short>> Partitions(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var partitions = new List<short>();
        await using var command = new NpgsqlCommand("SELECT partition FROM ledger.head ORDER BY partition", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) partitions.Add(reader.GetInt16(0));
        return partitions;
    }
}
