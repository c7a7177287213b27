using Npgsql;

namespace Scoring.Peers.Entrance;

/// <summary>Opens the database as Npgsql's page on performance advises: one pool, statements prepared after their second use.</summary>
internal static class Database
{
    private const int ConnectionsMax = 64;
    private const int PreparedMax = 32;

    /// <summary>Opens a pool.</summary>
    public static NpgsqlDataSource Open(string connectionString) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = ConnectionsMax, MaxAutoPrepare = PreparedMax, AutoPrepareMinUsages = 2,
        });
}
