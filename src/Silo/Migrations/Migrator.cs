using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Storage;

namespace Scoring.Migrations;

/// <summary>
/// Migrates the schema to this build. Each step of a migration runs once and is recorded, under one advisory lock for the database, so that
/// silos that start together wait for each other, and the next start continues after a crash. A newer schema stays as it is: migrations
/// expand before they contract, so an older silo runs on it during a rolling upgrade.
/// </summary>
public sealed class Migrator(LedgerDatabase database, IOptions<StorageOptions> options, TimeProvider time, ILogger<Migrator> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Applies the missing migrations.</summary>
    /// <exception cref="MigrationException">
    /// An applied migration has another text in this build, a migration needs more memory or time, or another silo migrates for too long.
    /// </exception>
    public Task Migrate(CancellationToken cancellationToken) => Migrate(Migration.Embedded, cancellationToken);

    internal async Task Migrate(IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await Lock(cancellationToken);
                await Apply(connection, migrations, cancellationToken);
                return;
            }
            catch (PostgresException exception) when (
                exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
                && attempt < options.Value.MigrationAttemptsMax)
            {
                log.Waits(exception.SqlState, attempt);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Opens a connection and waits until it has the lock of migrations.</summary>
    private async Task<MigrationConnection> Lock(CancellationToken cancellationToken)
    {
        var connection = new MigrationConnection(await database.OpenOwn(cancellationToken), options.Value);
        try
        {
            var since = time.GetTimestamp();
            while (!await connection.TryLock(cancellationToken))
            {
                if (time.GetElapsedTime(since).TotalSeconds >= options.Value.MigrationWaitSecondsMax)
                    throw new MigrationException(
                        $"Another silo migrates for more than {options.Value.MigrationWaitSecondsMax} s "
                        + "(Storage:MigrationWaitSecondsMax). Start this one when it is ready.");
                await Task.Delay(Pause, time, cancellationToken);
            }
            await connection.Prepare(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task Apply(MigrationConnection connection, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        var applied = await connection.Applied(cancellationToken);
        foreach (var migration in migrations)
        {
            if (!applied.TryGetValue(migration.Number, out var checksum))
            {
                if (await Apply(connection, migration, cancellationToken) && applied.Count > 0) log.Applied(migration.Name);
            }
            else if (!checksum.AsSpan().SequenceEqual(migration.Checksum))
                throw new MigrationException(
                    $"Migration {migration.Name} was changed after it was applied. Restore its text and add a new migration instead.");
        }
        if (applied.Count == 0 && migrations.Count > 0) log.Made(migrations[^1].Name); // one line for a new database
    }

    /// <summary>Applies a migration; returns whether this process has ended it.</summary>
    private async Task<bool> Apply(MigrationConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        var applied = await connection.AppliedSteps(migration, cancellationToken);
        var steps = MigrationStep.Of(migration);
        foreach (var step in steps.Where(step => !applied.Contains(step.Number)))
        {
            try
            {
                if (!await connection.Run(migration, step, isLast: step.Number == steps.Count, cancellationToken)) return false;
            }
            catch (NpgsqlException exception) when (Advice(exception) is not null)
            {
                throw new MigrationException($"Migration {migration.Name} {Advice(exception)}. Start again: it continues where it ended.");
            }
        }
        return true;
    }

    private string? Advice(NpgsqlException exception) => exception switch
    {
        { SqlState: PostgresErrorCodes.ConfigurationLimitExceeded } =>
            $"needs more than {options.Value.MigrationMemoryMiB} MiB to sort, and may write no temporary file. "
            + "Raise Storage:MigrationMemoryMiB",
        { SqlState: PostgresErrorCodes.OutOfMemory } =>
            "found too little memory on the server. Give it more, or lower Storage:MigrationMemoryMiB",
        { SqlState: PostgresErrorCodes.QueryCanceled } or { InnerException: TimeoutException } =>
            $"has a statement that took more than {options.Value.MigrationSecondsMax} s. Raise Storage:MigrationSecondsMax",
        _ => null,
    };
}
