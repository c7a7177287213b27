using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Scoring.Storage;

/// <summary>PostgreSQL or the ledger in it is not fit to be used. The message names every fault and what to do about it.</summary>
public sealed class StorageUnfitException(IReadOnlyList<string> faults)
    : Exception(
        "The silo does not start, because the database is not fit for the ledger:" + string.Concat(faults.Select(fault => "\n - " + fault)))
{
    /// <summary>One sentence for each fault.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>
/// Refuses a server that could lose a commit, or that could write personal data to a file (a bind value, a spilled sort, the detail of an
/// error). Refuses a ledger that was created with other keys or another number of partitions.
/// </summary>
public sealed class StartChecks(LedgerDatabase database, IncarnationMonitor incarnation, IOptions<StorageOptions> options)
{
    private const int VersionMin = 150_000;

    private const string VersionSetting = "server_version_num";

    private static readonly (string Setting, Func<string, bool> Fits, string Wanted)[] Settings =
    [
        (VersionSetting, v => int.Parse(v, CultureInfo.InvariantCulture) >= VersionMin, "150000 or more"),
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

    /// <summary>The names of the settings that are checked.</summary>
    internal static IEnumerable<string> CheckedSettings => Settings.Select(setting => setting.Setting);

    private const string PartitionsKey = "partitions";

    /// <summary>The settings that apply to this role on this connection. No lock. $1 names.</summary>
    private const string ReadSettings = "SELECT name, setting FROM pg_settings WHERE name = ANY ($1)";

    /// <summary>
    /// Stores the facts that must stay as they were when the ledger was created. $1 keys, $2 values. Locks its own new rows; when several
    /// silos start together, ON CONFLICT lets only the first write.
    /// </summary>
    private const string StorePlatform =
        "INSERT INTO ledger.platform (key, value) SELECT * FROM unnest($1, $2) ON CONFLICT (key) DO NOTHING";

    /// <summary>The stored facts. No lock: they never change while silos run.</summary>
    private const string ReadPlatform = "SELECT key, value FROM ledger.platform";

    /// <summary>The number of heads and the number that follows the highest. No lock: heads never change after the first start.</summary>
    private const string CountHeads = "SELECT count(*), coalesce(max(partition), -1) + 1 FROM ledger.head";

    /// <summary>
    /// Creates the heads of a new ledger. $1 number of partitions. Locks its own new rows; ON CONFLICT lets only the first of several silos
    /// write.
    /// </summary>
    private const string CreateHeads = """
        INSERT INTO ledger.head (partition) SELECT generate_series(0, $1 - 1) WHERE NOT EXISTS (SELECT FROM ledger.head)
        ON CONFLICT (partition) DO NOTHING
        """;

    /// <summary>Checks the settings, prepares a new ledger, and checks the ledger.</summary>
    /// <exception cref="StorageUnfitException">A setting or the ledger is not fit.</exception>
    public async Task Run(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var source in new[] { database.Lanes, database.Writers, database.Readers, database.Bulk })
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            foreach (var fault in await SettingFaults(connection, cancellationToken))
                if (!faults.Contains(fault)) faults.Add(fault);
        }
        if (faults.Count == 0) await PrepareLedger(cancellationToken);
        faults.AddRange(await PlatformFaults(cancellationToken));
        if (faults.Count > 0) throw new StorageUnfitException(faults);

        // The pooled connections were opened before a new ledger had an incarnation, so it is read here.
        await using var prepared = await database.Writers.OpenConnectionAsync(cancellationToken);
        await incarnation.CheckAsync(prepared);
    }

    /// <summary>Returns what does not fit in the version and the settings of the server now, one sentence for each fault.</summary>
    public async Task<IReadOnlyList<string>> FindSettingFaults(CancellationToken cancellationToken)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellationToken);
        return await SettingFaults(connection, cancellationToken);
    }

    private static async Task<List<string>> SettingFaults(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = Sql.Command(
            connection, ReadSettings, (Settings.Select(s => s.Setting).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text));
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken)) values[reader.GetString(0)] = reader.GetString(1);
        return
        [
            .. Settings.Where(s => !values.TryGetValue(s.Setting, out var value) || !s.Fits(value))
                .Select(s => SettingFault(s.Setting, values.GetValueOrDefault(s.Setting, "hidden"), s.Wanted)),
        ];
    }

    private static string SettingFault(string setting, string value, string wanted) => setting == VersionSetting
        ? $"{setting} is {value}; it must be {wanted}. Use a newer PostgreSQL."
        : $"{setting} is {value} for the role of the platform; it must be {wanted}. Set it on the server or with ALTER ROLE.";

    private async Task PrepareLedger(CancellationToken cancellationToken)
    {
        var expected = ExpectedPlatform();
        await using var connection = await database.Writers.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Sql.Command(CreateHeads, (options.Value.PartitionCount, NpgsqlDbType.Integer)));
        batch.BatchCommands.Add(Sql.Command(
            StorePlatform, (expected.Keys.Append("incarnation").ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text),
            (expected.Values.Append("1").ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<string>> PlatformFaults(CancellationToken cancellationToken)
    {
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var connection = await database.Writers.OpenConnectionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand(ReadPlatform, connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken)) stored.Add(reader.GetString(0), reader.GetString(1));
        await using var heads = new NpgsqlCommand(CountHeads, connection);
        await using var counted = await heads.ExecuteReaderAsync(cancellationToken);
        await counted.ReadAsync(cancellationToken);
        var count = counted.GetInt64(0);
        var following = counted.GetInt32(1);
        var faults = ExpectedPlatform().Where(fact => stored.TryGetValue(fact.Key, out var value) && value != fact.Value)
            .Select(fact => fact.Key == PartitionsKey
                ? $"the ledger was created with {stored[fact.Key]} partitions, not {fact.Value}. Set Storage:PartitionCount back."
                : $"the ledger was created with another {fact.Key}. Start with the key file of that time.").ToList();
        if (count != following)
            faults.Add($"ledger.head has {count} rows, but its highest partition is {following - 1}. Restore the database from a backup.");
        else if (count > 0 && count != options.Value.PartitionCount)
            faults.Add($"ledger.head has {count} rows, but Storage:PartitionCount is {options.Value.PartitionCount}. Set it to {count}.");
        return faults;
    }

    private Dictionary<string, string> ExpectedPlatform()
    {
        var expected = options.Value.KeyFingerprints.ToDictionary(f => "key." + f.Key, f => f.Value, StringComparer.Ordinal);
        expected[PartitionsKey] = options.Value.PartitionCount.ToString(CultureInfo.InvariantCulture);
        return expected;
    }
}
