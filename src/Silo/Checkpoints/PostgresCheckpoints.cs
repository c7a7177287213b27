using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>Checkpoints and proofs from PostgreSQL.</summary>
public sealed class PostgresCheckpoints(LedgerDatabase database, ILogger<PostgresCheckpoints> log) : ICheckpointStore
{
    /// <inheritdoc/>
    public Task<Checkpoint?> Latest(CancellationToken cancel) => Read(connection => Latest(connection, cancel), cancel);

    /// <inheritdoc/>
    public Task<Checkpoint?> Find(long number, CancellationToken cancel) => Read(connection => Find(connection, number, cancel), cancel);

    /// <inheritdoc/>
    public Task<ConsistencyProof?> Consistency(long from, long to, CancellationToken cancel) => Read(
        async connection =>
        {
            if (from > to || await Find(connection, from, cancel) is not { } earlier
                || await Find(connection, to, cancel) is not { } later)
            {
                return null;
            }
            var log = await LogOf(connection, to, cancel);
            return new ConsistencyProof(
                from, to, log.Consistency(from), await PartitionLogs.Consistency(connection, earlier, later, cancel));
        },
        cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<InclusionProof>> Inclusion(
        Checkpoint checkpoint, int partition, IReadOnlyList<long> positions, CancellationToken cancel) => Read(
        connection => PartitionLogs.Inclusion(connection, (short)partition, checkpoint.Logs[partition].Size, positions, cancel), cancel);

    /// <inheritdoc/>
    public Task Cosign(long number, string witness, string line, CancellationToken cancel) => Reached.Try(
        async () =>
        {
            await using var command = Sql.Command(
                database.Writers, TileSql.Cosign, (number, NpgsqlDbType.Bigint), (witness, NpgsqlDbType.Text), (line, NpgsqlDbType.Text));
            return await command.ExecuteNonQueryAsync(cancel);
        },
        log);

    internal static Task<Checkpoint?> Latest(NpgsqlConnection connection, CancellationToken cancel) =>
        One(new NpgsqlCommand(TileSql.Latest, connection), cancel);

    /// <summary>The log of checkpoints up to a number.</summary>
    internal static async Task<CheckpointLog> LogOf(NpgsqlConnection connection, long number, CancellationToken cancel)
    {
        using var leaves = new MemoryStream();
        await using var command = Sql.Command(connection, TileSql.CheckpointLeaves, (number, NpgsqlDbType.Bigint));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        for (var next = 1L; await reader.ReadAsync(cancel); next++)
        {
            if (reader.GetInt64(0) != next) throw new SealBrokenException("The checkpoints' numbers have a hole.");
            leaves.Write(reader.GetFieldValue<byte[]>(1));
        }
        return new CheckpointLog(leaves.ToArray());
    }

    private static Task<Checkpoint?> Find(NpgsqlConnection connection, long number, CancellationToken cancel) =>
        One(Sql.Command(connection, TileSql.Find, (number, NpgsqlDbType.Bigint)), cancel);

    private static async Task<Checkpoint?> One(NpgsqlCommand command, CancellationToken cancel)
    {
        await using (command)
        {
            if (await command.ExecuteScalarAsync(cancel) is not string note) return null;
            try
            {
                var read = CheckpointNote.Read(note);
                return new Checkpoint(read.Number, read.Statement.At, read.Statement.Life, read.Statement.Logs, note);
            }
            catch (FormatException)
            {
                throw new SealBrokenException("A checkpoint is not of its form.");
            }
        }
    }

    private Task<T> Read<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancel) => Reached.Try(
        async () =>
        {
            await using var connection = await database.Readers.OpenConnectionAsync(cancel);
            return await read(connection);
        },
        log);
}
