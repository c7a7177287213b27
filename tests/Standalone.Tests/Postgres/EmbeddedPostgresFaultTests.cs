namespace Scoring.Postgres;

public sealed class EmbeddedPostgresFaultTests : ScratchServers
{
    [Fact]
    public async Task A_server_whose_owner_was_killed_is_adopted()
    {
        var killed = await Start();
        await Query(killed.ConnectionString, "CREATE TABLE kept AS SELECT 7 AS n; SELECT ''");
        await killed.Abandon();

        var adopted = await Start();

        adopted.WasAdopted.ShouldBeTrue();
        adopted.ServerProcessId.ShouldBe(killed.ServerProcessId);
        (await Query(adopted.ConnectionString, "SELECT n::text FROM kept")).ShouldBe("7");
        await adopted.DisposeAsync();
        ServerProcesses.IsAlive(killed.ServerProcessId).ShouldBeFalse();
    }

    [Fact]
    public async Task A_stale_lock_file_is_recognised()
    {
        Options.DeleteOnStop = false;
        var first = await Start();
        var file = Path.Combine(first.DataFolder, "cluster", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file);
        await first.DisposeAsync();

        // This process is alive, but it is not PostgreSQL.
        lines[0] = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(file, lines);
        Options.DeleteOnStop = true;
        var second = await Start();

        second.WasAdopted.ShouldBeFalse();
        (await Query(second.ConnectionString, "SELECT 'serves'")).ShouldBe("serves");
    }

    [Fact]
    public async Task A_server_killed_with_SIGKILL_recovers()
    {
        var postgres = await Start();
        var connection = postgres.ConnectionString;
        await Query(connection, "CREATE TABLE kept AS SELECT 7 AS n; SELECT ''");
        using (var server = System.Diagnostics.Process.GetProcessById(postgres.ServerProcessId))
        {
            server.Kill();
        }

        await postgres.Restart(immediate: true);

        postgres.ConnectionString.ShouldBe(connection);
        (await Query(connection, "SELECT n::text FROM kept")).ShouldBe("7");
        await postgres.Restart(immediate: false);
        (await Query(connection, "SELECT n::text FROM kept")).ShouldBe("7");
    }

    [Fact]
    public async Task Two_live_owners_are_refused()
    {
        var first = await Start();

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(Start);

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.AlreadyOwned);
        refused.Message.ShouldContain("in use by another running process");
        (await Query(first.ConnectionString, "SELECT 'undisturbed'")).ShouldBe("undisturbed");
    }

    [Fact]
    public async Task A_data_folder_below_a_closed_folder_works()
    {
        var closed = Directory.CreateTempSubdirectory("scoring-closed-");
        Options.DataFolder = Path.Combine(closed.FullName, "data");
        try
        {
            await using var postgres = await Start();
            await postgres.Restart(immediate: false);
            (await Query(postgres.ConnectionString, "SELECT 'serves'")).ShouldBe("serves");
        }
        finally
        {
            closed.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_failed_start_shows_the_servers_message()
    {
        Options.DeleteOnStop = false;
        var first = await Start();
        await first.DisposeAsync();
        await File.AppendAllLinesAsync(first.LogFile, Enumerable.Repeat("of an earlier run", 50));
        var conf = Path.Combine(first.DataFolder, "cluster", "postgresql.conf");
        await File.AppendAllTextAsync(conf, "no_such_setting = 1\n");

        var failed = await Should.ThrowAsync<EmbeddedPostgresException>(Start);

        failed.Failure.ShouldBe(EmbeddedPostgresFailure.StartFailed);
        failed.Message.ShouldContain("no_such_setting");
    }
}
