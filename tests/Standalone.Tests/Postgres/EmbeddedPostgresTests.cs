using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Scoring.Postgres;

public sealed class EmbeddedPostgresTests : IAsyncDisposable
{
    private readonly EmbeddedPostgresOptions options = EmbeddedPostgresOptions.Scratch();
    private readonly List<EmbeddedPostgres> started = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var postgres in Enumerable.Reverse(started))
        {
            await postgres.DisposeAsync();
        }

        if (Directory.Exists(options.DataFolder))
        {
            await CleanUp();
        }
    }

    [Fact]
    public async Task Starts_and_serves()
    {
        var postgres = await Start();

        (await Ask(postgres.ConnectionString, "SELECT current_user || '@' || current_database()")).ShouldBe("scoring@scoring");
        (await Ask(postgres.AdminConnectionString, "SELECT rolsuper::text FROM pg_roles WHERE rolname = 'scoring'")).ShouldBe("false");
        (await Ask(postgres.AdminConnectionString, "SHOW listen_addresses")).ShouldBe("");
        (await Ask(postgres.AdminConnectionString, "SHOW data_checksums")).ShouldBe("on");
        var other = await postgres.CreateDatabase("other");
        (await Ask(other, "CREATE TABLE public.t (n int); SELECT current_database()")).ShouldBe("other");
        File.Exists(postgres.LogFile).ShouldBeTrue();
    }

    [Fact]
    public async Task The_role_has_the_settings_that_promises_rest_on()
    {
        var postgres = await Start();

        foreach (var (name, value) in ServerConfiguration.RoleSettings)
        {
            var asked = await Ask(postgres.ConnectionString, $"SELECT current_setting('{name}')");
            asked.Replace("1min", "60s", StringComparison.Ordinal).ShouldBe(value, name);
        }

        foreach (var name in new[] { "fsync", "full_page_writes", "synchronous_commit" })
        {
            (await Ask(postgres.ConnectionString, $"SHOW {name}")).ShouldBe("on", name);
        }
    }

    [Fact]
    public async Task Failed_statements_leave_no_literal_in_the_log()
    {
        var postgres = await Start();
        await Ask(postgres.ConnectionString, "CREATE TABLE t (handle text PRIMARY KEY); INSERT INTO t VALUES ('h-4711'); SELECT ''");

        await Should.ThrowAsync<PostgresException>(() => Ask(postgres.ConnectionString, "INSERT INTO t VALUES ('h-4711')"));
        await Should.ThrowAsync<PostgresException>(() => Ask(postgres.AdminConnectionString, "SELECT 1 / 0"));

        // The log is written by another process: the second failure, which follows the first, shows that the first has arrived.
        await Until(() => File.ReadAllText(postgres.LogFile).Contains("division by zero", StringComparison.Ordinal));
        File.ReadAllText(postgres.LogFile).ShouldNotContain("h-4711");
    }

    [Fact]
    public async Task A_second_start_finds_its_data()
    {
        options.DeleteOnStop = false;
        await using (var first = await Start())
        {
            await Ask(first.ConnectionString, "CREATE TABLE kept AS SELECT 7 AS n; SELECT ''");
        }

        options.DeleteOnStop = true;
        var second = await Start();

        second.WasAdopted.ShouldBeFalse();
        (await Ask(second.ConnectionString, "SELECT n::text FROM kept")).ShouldBe("7");
    }

    [Fact]
    public async Task Two_instances_run_side_by_side()
    {
        var one = await Start();
        await using var two = await EmbeddedPostgres.Start(EmbeddedPostgresOptions.Scratch(), NullLogger.Instance, CancellationToken.None);

        await Ask(one.ConnectionString, "CREATE TABLE mine (); SELECT ''");
        (await Ask(two.ConnectionString, "SELECT count(*)::text FROM pg_tables WHERE tablename = 'mine'")).ShouldBe("0");
    }

    [Fact]
    public async Task A_killed_owners_server_is_adopted()
    {
        var killed = await Start();
        await Ask(killed.ConnectionString, "CREATE TABLE kept AS SELECT 7 AS n; SELECT ''");
        await killed.Abandon();

        var heir = await Start();

        heir.WasAdopted.ShouldBeTrue();
        heir.ServerProcessId.ShouldBe(killed.ServerProcessId);
        (await Ask(heir.ConnectionString, "SELECT n::text FROM kept")).ShouldBe("7");
        await heir.DisposeAsync();
        ServerProcesses.IsAlive(killed.ServerProcessId).ShouldBeFalse();
    }

    [Fact]
    public async Task A_stale_lock_file_is_recognised()
    {
        options.DeleteOnStop = false;
        var first = await Start();
        var file = Path.Combine(first.DataFolder, "cluster", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file);
        await first.DisposeAsync();

        // Alive, but no PostgreSQL: this test's own process.
        lines[0] = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(file, lines);
        options.DeleteOnStop = true;
        var second = await Start();

        second.WasAdopted.ShouldBeFalse();
        (await Ask(second.ConnectionString, "SELECT 'serves'")).ShouldBe("serves");
    }

    [Fact]
    public async Task A_server_killed_with_SIGKILL_recovers()
    {
        var postgres = await Start();
        var connection = postgres.ConnectionString;
        await Ask(connection, "CREATE TABLE kept AS SELECT 7 AS n; SELECT ''");
        using (var server = System.Diagnostics.Process.GetProcessById(postgres.ServerProcessId))
        {
            server.Kill();
        }

        await postgres.Restart(immediate: true);

        postgres.ConnectionString.ShouldBe(connection);
        (await Ask(connection, "SELECT n::text FROM kept")).ShouldBe("7");
        await postgres.Restart(immediate: false);
        (await Ask(connection, "SELECT n::text FROM kept")).ShouldBe("7");
    }

    [Fact]
    public async Task Two_live_owners_are_refused()
    {
        var first = await Start();

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(Start);

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.AlreadyOwned);
        refused.Message.ShouldContain("in use by another running process");
        (await Ask(first.ConnectionString, "SELECT 'undisturbed'")).ShouldBe("undisturbed");
    }

    [Fact]
    public async Task A_data_folder_below_a_closed_folder_works()
    {
        var closed = Directory.CreateTempSubdirectory("scoring-closed-");
        options.DataFolder = Path.Combine(closed.FullName, "data");
        try
        {
            await using var postgres = await Start();
            await postgres.Restart(immediate: false);
            (await Ask(postgres.ConnectionString, "SELECT 'serves'")).ShouldBe("serves");
        }
        finally
        {
            closed.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_failed_start_shows_what_the_server_said()
    {
        options.DeleteOnStop = false;
        var first = await Start();
        await first.DisposeAsync();
        var conf = Path.Combine(first.DataFolder, "cluster", "postgresql.conf");
        await File.AppendAllTextAsync(conf, "no_such_setting = 1\n");

        var failed = await Should.ThrowAsync<EmbeddedPostgresException>(Start);

        failed.Failure.ShouldBe(EmbeddedPostgresFailure.StartFailed);
        failed.Message.ShouldContain("no_such_setting");
    }

    // What a failed test leaves may include a server that nobody owns: adopt it in order to stop it.
    private async Task CleanUp()
    {
        options.DeleteOnStop = true;
        try
        {
            await (await EmbeddedPostgres.Start(options, NullLogger.Instance, CancellationToken.None)).DisposeAsync();
        }
        catch (EmbeddedPostgresException)
        {
            Directory.Delete(options.DataFolder, recursive: true);
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        using var max = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(20, max.Token);
        }
    }

    private static async Task<string> Ask(string connectionString, string question)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(question);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<EmbeddedPostgres> Start()
    {
        var postgres = await EmbeddedPostgres.Start(options, NullLogger.Instance, CancellationToken.None);
        started.Add(postgres);
        return postgres;
    }
}
