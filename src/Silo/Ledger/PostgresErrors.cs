using Npgsql;

namespace Scoring.Ledger;

/// <summary>
/// Translates the errors of PostgreSQL into exceptions of the ledger. The text of an error may hold a value, so nothing of it is passed on.
/// </summary>
internal static class PostgresErrors
{
    /// <summary>Does the work; an error of PostgreSQL or of the connection is logged and translated.</summary>
    /// <exception cref="LedgerConflictException">A constraint refused a row: a defect.</exception>
    /// <exception cref="LedgerUnavailableException">PostgreSQL failed or did not answer: the caller may retry.</exception>
    public static async Task<T> Try<T>(Func<Task<T>> work, ILogger log)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            throw Translate(exception, log);
        }
    }

    /// <summary>
    /// Logs the error by its type and SQLSTATE, and returns a <see cref="LedgerConflictException"/> for a violated constraint (class 23)
    /// and a <see cref="LedgerUnavailableException"/> for anything else.
    /// </summary>
    public static Exception Translate(Exception exception, ILogger log)
    {
        if (exception is PostgresException { SqlState: ['2', '3', ..] } conflict)
        {
            LedgerMetrics.Conflicts.Add(1);
            log.Conflict(conflict.ConstraintName ?? conflict.SqlState);
            return new LedgerConflictException(conflict.ConstraintName ?? conflict.SqlState);
        }
        log.Failed(exception.GetType().Name, (exception as PostgresException)?.SqlState);
        return new LedgerUnavailableException();
    }
}

/// <summary>
/// A constraint refused a row that the decision under the lock had allowed. It is a defect of the platform, and nothing of the row's flush
/// is written.
/// </summary>
public sealed class LedgerConflictException(string constraint)
    : Exception($"Constraint {constraint} refused a row that was decided under the lock: a defect of the platform.")
{
    /// <summary>The name of the constraint, or the SQLSTATE where PostgreSQL names none.</summary>
    public string Constraint { get; } = constraint;
}
