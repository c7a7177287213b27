using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Postgres;

namespace Scoring.Storage;

public sealed class StartChecksTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> OfSuperusers => new()
    {
        { "temp_file_limit", "1000" }, { "log_parameter_max_length", "-1" }, { "log_error_verbosity", "default" },
        { "log_min_messages", "warning" },
    };

    private static readonly string[] OfServers = ["fsync", "full_page_writes"];

    private static readonly (string Name, string Value)[] OfRoles =
    [
        ("jit", "on"), ("synchronous_commit", "off"), ("statement_timeout", "0"), ("idle_in_transaction_session_timeout", "0"),
        ("log_parameter_max_length_on_error", "-1"), ("default_transaction_isolation", "serializable"),
    ];

    [Fact]
    public void Each_checked_setting_is_tested_here() => StartChecks.CheckedSettings.Order().ShouldBe(
        OfSuperusers.Select(row => row.Data.Item1).Concat(OfServers).Concat(OfRoles.Select(setting => setting.Name))
            .Append("server_version_num").Order(), "the version alone is not: a test has one server");

    // A setting of the role overrides the server's. The connection string cannot set one that only a superuser may change, so each database
    // is refused for one setting of the role in it.
    [Theory]
    [MemberData(nameof(OfSuperusers))]
    public async Task A_setting_that_writes_what_should_be_forgotten_is_refused(string name, string value)
    {
        await using var stage = await LedgerStage.Open(server);
        await Admin($"ALTER ROLE scoring IN DATABASE {stage.Name} SET {name} = '{value}'");
        await using var fresh = stage.AnotherWriter();
        var refused = await Should.ThrowAsync<StorageUnfitException>(fresh.Migrate());
        refused.Faults.ShouldHaveSingleItem().ShouldStartWith($"{name} is {value} ");
    }

    [Fact]
    public async Task A_server_that_may_lose_a_commit_is_refused_with_every_fault_named()
    {
        await using var unsafeServer = await EmbeddedPostgres.Start(
            EmbeddedPostgresOptions.Scratch(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Cancel);
        try
        {
            var options = Options.Create(new StorageOptions { ConnectionString = unsafeServer.ConnectionString });
            await using (var database = new LedgerDatabase(options, new IncarnationMonitor()))
            {
                var migrator = new Migrations.Migrator(
                    database, options, TimeProvider.System,
                    Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrations.Migrator>.Instance);
                await migrator.Migrate(Cancel);
            }
            foreach (var setting in OfServers)
            {
                await Set(unsafeServer, setting, "off");
                (await Faults(options)).ShouldBe(setting);
                await Set(unsafeServer, setting, "on");
            }
            foreach (var setting in OfServers) await Set(unsafeServer, setting, "off");
            await Execute(unsafeServer.AdminConnectionString, "ALTER ROLE scoring SET temp_file_limit = -1");
            (await Faults(options)).ShouldBe("fsync|full_page_writes|temp_file_limit");
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
        }
    }

    [Fact]
    public async Task Settings_that_a_role_may_change_are_set_whatever_the_server_says()
    {
        await using var stage = await LedgerStage.Open(server);
        foreach (var (name, value) in OfRoles)
            await Admin($"ALTER ROLE scoring IN DATABASE {stage.Name} SET {name} = '{value}'");
        await using var fresh = stage.AnotherWriter();
        await Should.NotThrowAsync(fresh.Migrate());
    }

    [Fact]
    public async Task Another_number_of_partitions_or_other_keys_are_refused_together()
    {
        await using var stage = await LedgerStage.Open(server);
        await Check(stage, 4, "k1");
        var refused = await Should.ThrowAsync<StorageUnfitException>(
            Check(stage, 8, "k2"));
        refused.Message.ShouldContain("4 partitions");
        refused.Message.ShouldContain("key.handle");
        refused.Message.ShouldNotContain("k1");
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.head")).ShouldBe(4);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("8")]
    public async Task A_silo_with_another_number_of_partitions_does_not_start(string count)
    {
        await using var stage = await LedgerStage.Open(server);
        using var host = Silo(("Storage:ConnectionString", stage.ConnectionString), ("Storage:PartitionCount", count));
        var refused = await Should.ThrowAsync<StorageUnfitException>(host.StartAsync(Cancel));
        refused.Message.ShouldContain($"created with 4 partitions, not {count}. Set Storage:PartitionCount back.");
    }

    [Theory]
    [InlineData("Storage:PartitionCount", "0")]
    [InlineData("Ledger:LaneCount", "65")]
    [InlineData("Enrolments:SweepSeconds", "3001")]
    public async Task An_option_out_of_range_keeps_the_silo_from_starting(string option, string value)
    {
        using var host = Silo(("Storage:ConnectionString", "Host=/nowhere"), (option, value));
        var refused = await Should.ThrowAsync<OptionsValidationException>(host.StartAsync(Cancel));
        refused.Message.ShouldContain(option.Split(':')[1]);
    }

    [Fact]
    public async Task A_silo_starts_on_an_empty_database_and_appends()
    {
        using var host = Silo(("Storage:ConnectionString", await server.NewDatabase()));
        await host.StartAsync(Cancel);
        await host.Services.GetRequiredService<ILedger>().AppendEvents([Some.Event(Some.Hash())], Cancel);
        host.Services.GetRequiredService<IncarnationMonitor>().Current.ShouldNotBeNull().Counter.ShouldBe(1);
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_ledger_in_another_incarnation_is_noticed_on_the_next_connection()
    {
        await using var stage = await LedgerStage.Open(server);
        await using (await stage.Database.Writers.OpenConnectionAsync(Cancel)) stage.Incarnation.Current.ShouldNotBeNull();
        var changes = new List<IncarnationId>();
        stage.Incarnation.Changed += changes.Add;
        await stage.Execute("UPDATE ledger.platform SET value = '2' WHERE key = 'incarnation'");
        stage.Database.Writers.Clear();
        await using (await stage.Database.Writers.OpenConnectionAsync(Cancel)) changes.ShouldHaveSingleItem().Counter.ShouldBe(2);
        stage.Database.Writers.Clear();
        await using (await stage.Database.Writers.OpenConnectionAsync(Cancel)) changes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_exception_of_PostgreSQL_carries_no_value()
    {
        await using var stage = await LedgerStage.Open(server);
        await using var connection = await stage.Database.Writers.OpenConnectionAsync(Cancel);
        await using var command = new NpgsqlCommand("INSERT INTO ledger.head (partition) VALUES (2)", connection);
        var refused = await Should.ThrowAsync<PostgresException>(command.ExecuteNonQueryAsync(Cancel));
        refused.Detail.ShouldNotBeNull().ShouldNotContain("2)");
    }

    /// <summary>The settings at fault, when they are all that is wrong.</summary>
    private static async Task<string> Faults(IOptions<StorageOptions> options)
    {
        await using var database = new LedgerDatabase(options, new IncarnationMonitor());
        var refused = await Should.ThrowAsync<StorageUnfitException>(
            new StartChecks(database, new IncarnationMonitor(), options).Run(Cancel));
        return string.Join('|', refused.Faults.Select(fault => fault.Split(' ')[0]));
    }

    private static async Task Set(EmbeddedPostgres server, string setting, string value)
    {
        await Execute(server.AdminConnectionString, $"ALTER SYSTEM SET {setting} = {value}");
        await server.Restart(immediate: false);
    }

    private static IHost Silo(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddStorage().AddLedger().AddEnrolments();
        return builder.Build();
    }

    private static async Task Check(LedgerStage stage, int partitionCount, string handleKey)
    {
        var options = new StorageOptions { ConnectionString = stage.ConnectionString, PartitionCount = partitionCount };
        options.KeyFingerprints["handle"] = handleKey;
        await using var database = new LedgerDatabase(Options.Create(options), new IncarnationMonitor());
        await new StartChecks(database, new IncarnationMonitor(), Options.Create(options)).Run(Cancel);
    }

    private Task Admin(string sql) => Execute(server.Postgres.AdminConnectionString, sql);

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
