using Npgsql;
using NpgsqlTypes;

namespace Scoring.Storage;

/// <summary>Makes commands with positional parameters of given types: for a batch, a pool or a connection.</summary>
internal static class Sql
{
    public static NpgsqlBatchCommand Command(string text, params ReadOnlySpan<(object Value, NpgsqlDbType Type)> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        Add(command.Parameters, parameters);
        return command;
    }

    public static NpgsqlCommand Command(
        NpgsqlDataSource pool, string text, params ReadOnlySpan<(object Value, NpgsqlDbType Type)> parameters)
    {
        var command = pool.CreateCommand(text);
        Add(command.Parameters, parameters);
        return command;
    }

    public static NpgsqlCommand Command(
        NpgsqlConnection connection, string text, params ReadOnlySpan<(object Value, NpgsqlDbType Type)> parameters)
    {
        var command = new NpgsqlCommand(text, connection);
        Add(command.Parameters, parameters);
        return command;
    }

    private static void Add(NpgsqlParameterCollection to, ReadOnlySpan<(object Value, NpgsqlDbType Type)> parameters)
    {
        foreach (var (value, type) in parameters) to.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
    }
}
