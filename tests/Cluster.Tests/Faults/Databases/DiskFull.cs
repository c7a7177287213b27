using System.Globalization;
using Npgsql;
using Scoring.Histories;
using Scoring.Processes;

namespace Scoring.Faults.Databases;

/// <summary>
/// Fills the file system of PostgreSQL for some seconds. Batches must be answered with 503 meanwhile. PostgreSQL may end by it, and is
/// then started again when there is room.
/// </summary>
internal sealed class DiskFull : Fault
{
    private static readonly TimeSpan RefusedMax = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    public override string Name => "postgres-disk-full";

    public override bool StopsEverything => true;

    public override ClusterFeatures Needs => ClusterFeatures.SmallDisk;

    public override async Task<string> Inject(FaultContext context, CancellationToken cancellationToken)
    {
        var history = context.Target.History;
        var disk = context.Cluster.Database.Disk!;
        var from = history.Now;
        long taken;
        try
        {
            taken = disk.Fill();
            using var beat = new PeriodicTimer(PollInterval);
            while (!history.Sends.Any(send => send.From > from && send.Outcome == Outcome.Busy) && history.Now - from < RefusedMax)
            {
                await SwitchLogFile(context.Cluster.Postgres.AdminConnectionString, cancellationToken);
                await beat.WaitForNextTickAsync(cancellationToken);
            }
            if (history.Now - from >= RefusedMax) context.Fail($"{Name}: no batch was answered with 503.");
            await context.Wait(1, 8, cancellationToken);
        }
        finally
        {
            disk.Empty();
        }
        var ended = await context.Cluster.Database.StartAgain();
        return string.Create(
            CultureInfo.InvariantCulture, $"PostgreSQL, {taken >> 20} MiB taken{(ended ? ", which ended" : "")}");
    }

    /// <summary>Makes the server need a new file of its log soon, for which there is no room.</summary>
    private static async Task SwitchLogFile(string admin, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = NpgsqlDataSource.Create(admin);
            await using var command = database.CreateCommand("SELECT pg_switch_wal()");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException)
        {
            // The server has ended, or refuses.
        }
    }
}
