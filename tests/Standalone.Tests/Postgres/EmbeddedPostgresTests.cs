using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Scoring.Postgres;

public sealed class EmbeddedPostgresTests : ScratchServers
{
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
}
