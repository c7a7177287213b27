using System.Globalization;
using Scoring.City.Commands;
using Scoring.City.Demos;
using Scoring.City.Platform;

namespace Scoring.City.Drills;

/// <summary>
/// Practises a restore: events flow while a backup is taken and the write-ahead log is archived, people leave before and after it, and the
/// database is lost. It is restored as of the backup, and then again as of a later point in time.
/// </summary>
/// <param name="assembly">The path of the platform.</param>
/// <param name="options">What it does.</param>
/// <param name="to">Receives the titles of the steps.</param>
/// <param name="log">Receives the steps and what did not hold.</param>
public sealed class RestoreDrill(string assembly, DrillOptions options, TextWriter to, JourneyLog log)
{
    /// <summary>The fewest residents with whom a drill shows anything.</summary>
    public const int PeopleMin = 10;

    private const int LeaversPerMille = 133;

    // A drill cannot wait an hour for a checkpoint.
    private static readonly string[] Settings = ["--Checkpoints:IntervalSeconds=1", "--Checkpoints:TileSeconds=1"];

    /// <summary>Runs the drill. Its folders are deleted at the end.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("scoring-drill-").FullName;
        try
        {
            await using var copies = new DatabaseCopies(Path.Combine(folder, "postgres"));
            await Run(folder, copies, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task Run(string folder, DatabaseCopies copies, CancellationToken cancellationToken)
    {
        RestorePoint backup, later;
        DrillCity city;
        to.WriteLine("1. The platform runs, and events flow:");
        await using (var platform = await StandaloneChild.Start(assembly, folder, Settings, cancellationToken))
        {
            using var session = new Session(StandaloneFile.Read(platform.StandaloneFilePath), [], options.Seed, 4);
            city = await DrillCity.Enrol(session, options.People, cancellationToken);
            log.Step($"{options.People} residents are enrolled.");
            await using var load = city.Load(session);
            await copies.BeginArchive(cancellationToken);
            log.Step("Every file of the write-ahead log is archived from now on, by pg_receivewal.");
            await load.Wait(options.Phase, cancellationToken);
            await Leave(session, city, "before the backup", cancellationToken);

            to.WriteLine("2. A backup is taken, people leave, and the database is lost:");
            backup = await city.Mark(session, "the backup", cancellationToken);
            await copies.TakeBackup(cancellationToken);
            log.Step($"A backup was taken by pg_basebackup while events flow. {backup.Checkpoint} checkpoints were signed before it.");
            await load.Wait(options.Phase, cancellationToken);
            await Leave(session, city, "after the backup", cancellationToken);
            later = await city.Mark(session, "the point in time", cancellationToken);
            later = later with { Time = await copies.Time(cancellationToken) };
            log.Step($"The point in time for the second restore is {later.Time}.");
            await load.Wait(options.Phase, cancellationToken);
            await Leave(session, city, "after the point in time", cancellationToken);
            await load.Stop();
            await city.Remember(session, cancellationToken);
        }
        await copies.EndArchive(cancellationToken);
        SayWhatWasThere(city);
        to.WriteLine("3. Restored as of the backup:");
        await Restore(folder, copies, backup, city, cancellationToken);
        to.WriteLine("4. Restored again, as of the point in time:");
        await Restore(folder, copies, later, city, cancellationToken);
    }

    private void SayWhatWasThere(DrillCity city) => log.Step(string.Create(
        CultureInfo.InvariantCulture,
        $"The database is lost. {city.Acknowledged.Count} events had been acknowledged, {city.Left.Count} residents had left, "
        + $"and {city.Checkpoints.Count} checkpoints had been handed out. The keys and the erasure list are kept apart from it."));

    private async Task Restore(
        string folder, DatabaseCopies copies, RestorePoint point, DrillCity city, CancellationToken cancellationToken)
    {
        await copies.Restore(point.Time, cancellationToken);
        await using var platform = await StandaloneChild.Start(assembly, folder, Settings, cancellationToken);
        using var session = new Session(StandaloneFile.Read(platform.StandaloneFilePath), [], options.Seed, 4);
        await new RestoreCheck(session, city, point, copies, log).Run(cancellationToken);
    }

    private async Task Leave(Session session, DrillCity city, string when, CancellationToken cancellationToken)
    {
        var count = Math.Max(1, options.People * LeaversPerMille / 1000);
        await city.Leave(session, count, cancellationToken);
        log.Step($"{count} residents leave {when}.");
    }
}

/// <summary>A state to restore.</summary>
/// <param name="Name">How reports call it.</param>
/// <param name="Acknowledged">How many events were acknowledged before it.</param>
/// <param name="Checkpoint">The number of the latest checkpoint before it.</param>
/// <param name="Time">The point in time, as PostgreSQL writes it; <see langword="null"/> for the end of the backup.</param>
public sealed record RestorePoint(string Name, int Acknowledged, long Checkpoint, string? Time = null);
