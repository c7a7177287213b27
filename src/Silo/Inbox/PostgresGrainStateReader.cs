using System.Text;
using Microsoft.Extensions.Options;
using NpgsqlTypes;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Inbox;

/// <summary>Reads the rows of the grain storage of administrators' grains, with the storage's own serializer.</summary>
internal sealed class PostgresGrainStateReader(
    LedgerDatabase database, IOptions<ClusterOptions> cluster, IOptions<SystemTextJsonGrainStorageSerializerOptions> json,
    ILogger<PostgresGrainStateReader> log) : IGrainStateReader
{
    /// <summary>
    /// States by their keys, through the beginning of the primary key. No lock. $1 service, $2 name of the state, $3 beginning of the keys,
    /// $4 key before them, $5 count, $6 a part of the document that must occur, or null. A member without a value is not written, and a
    /// quotation mark inside a text is escaped, so the name of a member with its colon occurs only where the member has a value.
    /// </summary>
    private const string States = """
        SELECT name, payload FROM administration.state
        WHERE service = $1 AND kind = $2 AND n0 = 0 AND n1 = 0 AND starts_with(name, $3) AND name COLLATE "C" > $4 AND payload IS NOT NULL
            AND ($6::bytea IS NULL OR position($6 in payload) > 0)
        ORDER BY name COLLATE "C" LIMIT $5
        """;

    private readonly SystemTextJsonGrainStorageSerializer _serializer = new(json);

    /// <inheritdoc/>
    public Task<IReadOnlyList<(string Key, T State)>> Read<T>(StateQuery query, CancellationToken cancellationToken) =>
        PostgresErrors.Try<IReadOnlyList<(string, T)>>(
            async () =>
            {
                var states = new List<(string, T)>();
                await using var command = Sql.Command(
                    database.Readers, States, (cluster.Value.ServiceId, NpgsqlDbType.Text), (query.Name, NpgsqlDbType.Text),
                    (query.Prefix, NpgsqlDbType.Text), (query.After, NpgsqlDbType.Text), (query.Count, NpgsqlDbType.Integer),
                    (query.Member is { } member ? Encoding.UTF8.GetBytes($"\"{member}\":") : DBNull.Value, NpgsqlDbType.Bytea));
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                    states.Add((reader.GetString(0), State<T>(reader.GetFieldValue<byte[]>(1))));
                return states;
            },
            log);

    private T State<T>(byte[] payload) =>
        _serializer.Deserialize<T>(new BinaryData(payload)) ?? throw new InvalidDataException("A stored state is empty.");
}
