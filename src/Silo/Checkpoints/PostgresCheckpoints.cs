using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>Reads checkpoints and proofs from PostgreSQL, and writes cosignatures.</summary>
public sealed class PostgresCheckpoints(LedgerDatabase database, ILogger<PostgresCheckpoints> log) : ICheckpointStore
{
    /// <inheritdoc/>
    public Task<Checkpoint?> Latest(CancellationToken cancellationToken) =>
        Read(connection => Latest(connection, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Checkpoint?> Find(long number, CancellationToken cancellationToken) =>
        Read(connection => Find(connection, number, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<ConsistencyProof?> Consistency(long from, long to, CancellationToken cancellationToken) => Read(
        async connection =>
        {
            if (from > to || await Find(connection, from, cancellationToken) is not { } earlier
                || await Find(connection, to, cancellationToken) is not { } later)
            {
                return null;
            }
            var log = await LogOf(connection, to, cancellationToken);
            return new ConsistencyProof(
                from, to, log.Consistency(from), await PartitionLogReader.Consistency(connection, earlier, later, cancellationToken));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<InclusionProof>> Inclusion(
        Checkpoint checkpoint, int partition, IReadOnlyList<long> positions, CancellationToken cancellationToken) => Read(
        connection => PartitionLogReader.Inclusion(
            connection, (short)partition, checkpoint.Logs[partition].Size, positions, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task Cosign(long number, string witness, string line, CancellationToken cancellationToken) => PostgresErrors.Try(
        async () =>
        {
            await using var command = Sql.Command(
                database.Writers, TileSql.Cosign, (number, NpgsqlDbType.Bigint), (witness, NpgsqlDbType.Text), (line, NpgsqlDbType.Text));
            return await command.ExecuteNonQueryAsync(cancellationToken);
        },
        log);

    internal static Task<Checkpoint?> Latest(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        One(new NpgsqlCommand(TileSql.Latest, connection), cancellationToken);

    /// <summary>Reads the log of checkpoints up to a number.</summary>
    internal static async Task<CheckpointLog> LogOf(NpgsqlConnection connection, long number, CancellationToken cancellationToken)
    {
        using var leaves = new MemoryStream();
        await using var command = Sql.Command(connection, TileSql.CheckpointLeaves, (number, NpgsqlDbType.Bigint));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (var next = 1L; await reader.ReadAsync(cancellationToken); next++)
        {
            if (reader.GetInt64(0) != next) throw new SealBrokenException("A checkpoint is missing.");
            leaves.Write(reader.GetFieldValue<byte[]>(1));
        }
        return new CheckpointLog(leaves.ToArray());
    }

    private static Task<Checkpoint?> Find(NpgsqlConnection connection, long number, CancellationToken cancellationToken) =>
        One(Sql.Command(connection, TileSql.Find, (number, NpgsqlDbType.Bigint)), cancellationToken);

    private static async Task<Checkpoint?> One(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            if (await command.ExecuteScalarAsync(cancellationToken) is not string note) return null;
            try
            {
                var read = CheckpointNote.Read(note);
                return new Checkpoint(read.Number, read.Statement.At, read.Statement.Life, read.Statement.Logs, note);
            }
            catch (FormatException)
            {
                throw new SealBrokenException("A checkpoint cannot be parsed.");
            }
        }
    }

    private Task<T> Read<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken) => PostgresErrors.Try(
        async () =>
        {
            await using var connection = await database.Readers.OpenConnectionAsync(cancellationToken);
            return await read(connection);
        },
        log);
}
