using Npgsql;
using NpgsqlTypes;
using Scoring.Peers.Entrance;
using Scoring.Peers.Scores;

namespace Scoring.Peers.Inserts;

/// <summary>
/// A table of events and nothing in memory. A request is one INSERT that leaves out events whose key is there; a score is computed from
/// all events of the subject when it is asked for.
/// </summary>
internal sealed class InsertScorer(NpgsqlDataSource database, ScoringRules rules) : IScorer
{
    private const string Table = """
        CREATE TABLE IF NOT EXISTS event (key uuid PRIMARY KEY, handle text NOT NULL, day date NOT NULL, body bytea NOT NULL);
        CREATE INDEX IF NOT EXISTS event_handle ON event (handle);
        """;

    private const string InsertOne = "INSERT INTO event (key, handle, day, body) VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING";

    private const string InsertMany = """
        INSERT INTO event (key, handle, day, body) SELECT * FROM unnest($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING
        """;

    private const string Select = "SELECT key, day, body FROM event WHERE handle = $1";

    /// <summary>Creates the table if it is missing.</summary>
    public static async Task Ensure(NpgsqlDataSource database)
    {
        await using var table = database.CreateCommand(Table);
        await table.ExecuteNonQueryAsync();
    }

    /// <inheritdoc/>
    public async Task Add(IReadOnlyList<PeerEvent> events)
    {
        await using var insert = database.CreateCommand(events.Count == 1 ? InsertOne : InsertMany);
        if (events is [var one])
        {
            insert.Parameters.AddRange(new NpgsqlParameter[]
            {
                new NpgsqlParameter<Guid> { TypedValue = one.Key }, new NpgsqlParameter<string> { TypedValue = one.Handle },
                new NpgsqlParameter<DateOnly> { TypedValue = one.Day }, new NpgsqlParameter<byte[]> { TypedValue = one.Body },
            });
        }
        else
        {
            insert.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Uuid, events.Select(one => one.Key).ToArray());
            insert.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Text, events.Select(one => one.Handle).ToArray());
            insert.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Date, events.Select(one => one.Day).ToArray());
            insert.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Bytea, events.Select(one => one.Body).ToArray());
        }
        await insert.ExecuteNonQueryAsync();
    }

    /// <inheritdoc/>
    public async Task<PeerScore> Read(string handle)
    {
        await using var select = database.CreateCommand(Select);
        select.Parameters.Add(new NpgsqlParameter<string> { TypedValue = handle });
        await using var row = await select.ExecuteReaderAsync();
        var score = new SubjectScore();
        while (await row.ReadAsync())
            score.Count(
                new PeerEvent(handle, row.GetGuid(0), row.GetFieldValue<DateOnly>(1), row.GetFieldValue<byte[]>(2)), rules, keysMax: 0);
        return score.Read(rules);
    }
}
