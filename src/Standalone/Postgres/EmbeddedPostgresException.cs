namespace Scoring.Postgres;

/// <summary>Why the embedded server failed.</summary>
public enum EmbeddedPostgresFailure
{
    /// <summary>No suitable version of PostgreSQL is installed.</summary>
    BinariesMissing,

    /// <summary>The process runs as root and there is no account to run the server as.</summary>
    AccountMissing,

    /// <summary>Another live process owns the data folder.</summary>
    AlreadyOwned,

    /// <summary>The data folder cannot be used by this process or by the server's account.</summary>
    FolderUnusable,

    /// <summary>initdb or the server ended with an error.</summary>
    StartFailed,

    /// <summary>A step took longer than its limit.</summary>
    TimedOut,
}

/// <summary>The embedded server could not be started, stopped or reached. The message says what to do about it.</summary>
public sealed class EmbeddedPostgresException(EmbeddedPostgresFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public EmbeddedPostgresFailure Failure { get; } = failure;
}
