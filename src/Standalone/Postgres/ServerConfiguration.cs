namespace Scoring.Postgres;

/// <summary>
/// The settings of the server and of the platform's role. The platform's promises depend on them: a commit is on disk, and neither
/// statements nor their values, which may contain handles, reach a log or a temporary file.
/// </summary>
internal static class ServerConfiguration
{
    public const string FileName = "scoring.conf";

    public const string Role = "scoring";

    public const string Superuser = "postgres";

    /// <summary>The settings of the role with their values.</summary>
    public static readonly (string Name, string Value)[] RoleSettings =
    [
        ("temp_file_limit", "0"),
        ("jit", "off"),
        ("work_mem", "32MB"),
        ("statement_timeout", "60s"),
        ("idle_in_transaction_session_timeout", "30s"),
        ("log_statement", "none"),
        ("log_min_duration_statement", "-1"),
        ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"),
        ("log_error_verbosity", "terse"),
        ("log_min_error_statement", "panic"),
        ("log_min_messages", "fatal"),
    ];

    /// <summary>
    /// Settings of what compresses the write-ahead log and long values, as receipts are. lz4 takes a fraction of the processor time of
    /// PostgreSQL's own method; what was stored before stays readable.
    /// </summary>
    public static readonly string[] Compressions = ["wal_compression", "default_toast_compression"];

    public static string Text(EmbeddedPostgresOptions options) => $"""
        # Written at each start; changes made here are lost.
        listen_addresses = ''
        unix_socket_permissions = 0700
        cluster_name = 'scoring'
        max_connections = {options.ConnectionsMax}
        shared_buffers = {options.SharedBuffersMiB}MB
        fsync = on
        full_page_writes = on
        synchronous_commit = on
        max_wal_size = 4GB
        checkpoint_timeout = 15min
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        logging_collector = on
        log_directory = 'log'
        log_filename = 'server-%a.log'
        log_rotation_age = 1d
        log_rotation_size = 0
        log_truncate_on_rotation = on
        log_statement = none
        log_min_duration_statement = -1
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0
        log_error_verbosity = terse
        log_min_error_statement = panic

        """;
}
