using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Scoring.Postgres;

namespace Scoring.Bench.PeerRuns;

/// <summary>The PostgreSQL of the platform's folder, which every contender uses while the others are stopped.</summary>
internal static class PeerServer
{
    private const int SocketLine = 4;

    /// <summary>Starts it, or takes it over after the platform was killed.</summary>
    public static Task<EmbeddedPostgres> Start(string folder, CancellationToken cancellationToken) =>
        EmbeddedPostgres.Start(new EmbeddedPostgresOptions { DataFolder = Folder(folder) }, NullLogger.Instance, cancellationToken);

    /// <summary>Stops it when a process that was killed has left it running.</summary>
    public static async Task StopLeft(string folder)
    {
        if (!FindPostmaster(folder).Any()) return;
        var left = await Start(folder, CancellationToken.None);
        await left.DisposeAsync();
    }

    /// <summary>Returns the connection string of the platform's database while another process owns the server.</summary>
    public static string ConnectionString(string folder)
    {
        return new NpgsqlConnectionStringBuilder
        {
            Host = File.ReadLines(FindPostmaster(folder).Single()).ElementAt(SocketLine).Trim(), Username = "scoring", Database = "scoring",
            SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable, Pooling = false,
        }.ConnectionString;
    }

    private static IEnumerable<string> FindPostmaster(string folder) => Directory.Exists(Folder(folder))
        ? Directory.EnumerateFiles(Folder(folder), "postmaster.pid", SearchOption.AllDirectories)
        : [];

    private static string Folder(string folder) => Path.Combine(folder, "postgres");
}
