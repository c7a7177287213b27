using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Scoring.Storage;

/// <summary>PostgreSQL or the ledger in it is unfit to be trusted. Every fault is named at once.</summary>
public sealed class StorageUnfitException(IReadOnlyList<string> faults)
    : Exception("The database is not fit for the ledger:" + string.Concat(faults.Select(fault => "\n - " + fault)))
{
    /// <summary>What is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>
/// Refuses to start on a server that could lose a commit, or write what it should forget (a bind value, a spilled sort, the detail of an
/// error) to a file; and on a ledger made with other keys or another number of partitions.
/// </summary>
public sealed class StartChecks(LedgerDatabase database, IncarnationMonitor incarnation, IOptions<StorageOptions> options)
{
    private const int VersionMin = 150_000;

    private static readonly (string Setting, Func<string, bool> Fits, string Wanted)[] Settings =
    [
        ("server_version_num", v => int.Parse(v, System.Globalization.CultureInfo.InvariantCulture) >= VersionMin, "150000 or more"),
        ("fsync", v => v == "on", "on"),
        ("full_page_writes", v => v == "on", "on"),
        ("synchronous_commit", v => v is "on" or "remote_apply", "on"),
        ("default_transaction_isolation", v => v == "read committed", "read committed"),
        ("temp_file_limit", v => v == "0", "0"),
        ("jit", v => v == "off", "off"),
        ("log_parameter_max_length", v => v == "0", "0"),
        ("log_parameter_max_length_on_error", v => v == "0", "0"),
        ("log_error_verbosity", v => v == "terse", "terse"),
        ("log_min_messages", v => v is "fatal" or "panic", "fatal"),
        ("statement_timeout", v => v != "0", "set"),
        ("idle_in_transaction_session_timeout", v => v != "0", "set"),
    ];

    // What must be as it was when the ledger was made; the first start writes it down, and ON CONFLICT lets only one silo do so.
    private const string Remember = "INSERT INTO ledger.platform (key, value) SELECT * FROM unnest($1, $2) ON CONFLICT (key) DO NOTHING";

    private const string MakeHeads = """
        INSERT INTO ledger.head (partition) SELECT generate_series(0, $1 - 1) WHERE NOT EXISTS (SELECT FROM ledger.head)
        ON CONFLICT (partition) DO NOTHING
        """;

    /// <summary>Prepares a new ledger, then checks.</summary>
    /// <exception cref="StorageUnfitException">Something does not fit.</exception>
    public async Task Run(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var source in new[] { database.Lanes, database.Writers, database.Readers, database.Bulk })
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            foreach (var fault in await SettingFaults(connection, cancellationToken))
                if (!faults.Contains(fault)) faults.Add(fault);
        }
        if (faults.Count == 0) await RememberPlatform(cancellationToken);
        faults.AddRange(await PlatformFaults(cancellationToken));
        if (faults.Count > 0) throw new StorageUnfitException(faults);

        // The connections so far were opened before a new ledger had an incarnation.
        await using var checkedNow = await database.Writers.OpenConnectionAsync(cancellationToken);
        await incarnation.CheckAsync(checkedNow);
    }

    private static async Task<List<string>> SettingFaults(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = Sql.Command(
            connection, "SELECT name, setting FROM pg_settings WHERE name = ANY ($1)",
            (Settings.Select(s => s.Setting).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text));
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken)) found[reader.GetString(0)] = reader.GetString(1);
        return
        [
            .. Settings.Where(s => !found.TryGetValue(s.Setting, out var value) || !s.Fits(value))
                .Select(s => $"{s.Setting} is {found.GetValueOrDefault(s.Setting, "hidden")} for our role; it must be {s.Wanted}."),
        ];
    }

    private async Task RememberPlatform(CancellationToken cancellationToken)
    {
        var wanted = Wanted();
        await using var connection = await database.Writers.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Sql.Command(MakeHeads, (options.Value.PartitionCount, NpgsqlDbType.Integer)));
        batch.BatchCommands.Add(Sql.Command(
            Remember, (wanted.Keys.Append("incarnation").ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text),
            (wanted.Values.Append("1").ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<string>> PlatformFaults(CancellationToken cancellationToken)
    {
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var connection = await database.Writers.OpenConnectionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand("SELECT key, value FROM ledger.platform", connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken)) stored.Add(reader.GetString(0), reader.GetString(1));
        await using var heads = new NpgsqlCommand("SELECT count(*), coalesce(max(partition), -1) + 1 FROM ledger.head", connection);
        await using var counted = await heads.ExecuteReaderAsync(cancellationToken);
        await counted.ReadAsync(cancellationToken);
        var (count, past) = (counted.GetInt64(0), counted.GetInt32(1));
        var faults = Wanted().Where(w => stored.TryGetValue(w.Key, out var value) && value != w.Value)
            .Select(w => w.Key == PartitionsKey
                ? $"the ledger was made with {stored[w.Key]} partitions, not {w.Value}: set the option back."
                : $"the ledger was made with another {w.Key}: start with the key file it was made with.").ToList();
        if (count != past || (count > 0 && count != options.Value.PartitionCount))
            faults.Add($"the ledger has {count} heads, of {past} numbered.");
        return faults;
    }

    private const string PartitionsKey = "partitions";

    private Dictionary<string, string> Wanted()
    {
        var wanted = options.Value.KeyFingerprints.ToDictionary(f => "key." + f.Key, f => f.Value, StringComparer.Ordinal);
        wanted[PartitionsKey] = options.Value.PartitionCount.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return wanted;
    }
}
