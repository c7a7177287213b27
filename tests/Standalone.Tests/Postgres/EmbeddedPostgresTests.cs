using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Scoring.Postgres;

public sealed class EmbeddedPostgresTests : ScratchServers
{
    [Fact]
    public async Task Starts_and_serves()
    {
        var postgres = await Start();

        (await Query(postgres.ConnectionString, "SELECT current_user || '@' || current_database()")).ShouldBe("scoring@scoring");
        (await Query(postgres.AdminConnectionString, "SELECT rolsuper::text FROM pg_roles WHERE rolname = 'scoring'")).ShouldBe("false");
        (await Query(postgres.AdminConnectionString, "SHOW listen_addresses")).ShouldBe("");
        (await Query(postgres.AdminConnectionString, "SHOW data_checksums")).ShouldBe("on");
        var other = await postgres.CreateDatabase("other");
        (await Query(other, "CREATE TABLE public.t (n int); SELECT current_database()")).ShouldBe("other");
        File.Exists(postgres.LogFile).ShouldBeTrue();
    }

    [Fact]
    public async Task The_role_has_the_settings_that_guarantees_need()
    {
        var postgres = await Start();

        foreach (var (name, value) in ServerConfiguration.RoleSettings)
        {
            var setting = await Query(postgres.ConnectionString, $"SELECT current_setting('{name}')");
            setting.Replace("1min", "60s", StringComparison.Ordinal).ShouldBe(value, name);
        }

        foreach (var name in new[] { "fsync", "full_page_writes", "synchronous_commit" })
        {
            (await Query(postgres.ConnectionString, $"SHOW {name}")).ShouldBe("on", name);
        }
    }

    [Fact]
    public async Task The_log_and_long_values_are_compressed_by_lz4_where_the_server_was_built_with_it()
    {
        var postgres = await Start();
        var names = string.Join(',', ServerConfiguration.Compressions.Select(name => $"'{name}'"));
        var able = await Query(
            postgres.AdminConnectionString,
            $"SELECT count(*)::text FROM pg_settings WHERE name IN ({names}) AND 'lz4' = ANY (enumvals)");
        var set = await Query(
            postgres.AdminConnectionString, $"SELECT count(*)::text FROM pg_file_settings WHERE name IN ({names}) AND setting = 'lz4'");
        set.ShouldBe(able);
    }

    [Fact]
    public async Task Failed_statements_leave_no_literal_in_the_log()
    {
        var postgres = await Start();
        await Query(postgres.ConnectionString, "CREATE TABLE t (handle text PRIMARY KEY); INSERT INTO t VALUES ('h-4711'); SELECT ''");

        await Should.ThrowAsync<PostgresException>(() => Query(postgres.ConnectionString, "INSERT INTO t VALUES ('h-4711')"));
        await Should.ThrowAsync<PostgresException>(() => Query(postgres.AdminConnectionString, "SELECT 1 / 0"));

        // The log is written by another process: the second failure, which follows the first, shows that the first has arrived.
        await Until(() => File.ReadAllText(postgres.LogFile).Contains("division by zero", StringComparison.Ordinal));
        File.ReadAllText(postgres.LogFile).ShouldNotContain("h-4711");
    }

    [Fact]
    public async Task A_second_start_finds_its_data()
    {
        Options.DeleteOnStop = false;
        await using (var first = await Start())
        {
            await Query(first.ConnectionString, "CREATE TABLE kept AS SELECT 7 AS n; SELECT ''");
        }

        Options.DeleteOnStop = true;
        var second = await Start();

        second.WasAdopted.ShouldBeFalse();
        (await Query(second.ConnectionString, "SELECT n::text FROM kept")).ShouldBe("7");
    }

    [Fact]
    public async Task Two_instances_run_side_by_side()
    {
        var one = await Start();
        await using var two = await EmbeddedPostgres.Start(EmbeddedPostgresOptions.Scratch(), NullLogger.Instance, CancellationToken.None);

        await Query(one.ConnectionString, "CREATE TABLE mine (); SELECT ''");
        (await Query(two.ConnectionString, "SELECT count(*)::text FROM pg_tables WHERE tablename = 'mine'")).ShouldBe("0");
    }
}
