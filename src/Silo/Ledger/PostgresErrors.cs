using Npgsql;

namespace Scoring.Ledger;

/// <summary>What PostgreSQL's refusals mean to callers, in one place. Nothing of its messages is passed on.</summary>
internal static class PostgresErrors
{
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
