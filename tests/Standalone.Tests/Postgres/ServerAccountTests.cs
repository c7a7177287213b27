using System.Globalization;
using Scoring.Hosting;

namespace Scoring.Postgres;

/// <summary>
/// PostgreSQL refuses root. So the server of a platform of root runs as another account, and that of a plain user as the user.
/// </summary>
public sealed class ServerAccountTests : ScratchServers
{
    [Fact]
    public async Task The_server_runs_as_the_user_and_as_another_account_when_the_user_is_root()
    {
        var postgres = await Start();

        var expected = await Output(Environment.IsPrivilegedProcess ? ["id", "-u", Options.Account] : ["id", "-u"]);
        expected.ShouldNotBe("0");
        (await UserOf(postgres.ServerProcessId)).ShouldBe(expected);
        (await Output("stat", "-c", "%u %a", Path.Combine(postgres.DataFolder, "cluster"))).ShouldBe($"{expected} 700");
        (await Query(postgres.ConnectionString, "SELECT 'serves'")).ShouldBe("serves");
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_refused_when_the_user_is_root_and_is_not_needed_otherwise()
    {
        Options.Account = "scoring-no-such-account";
        if (!Environment.IsPrivilegedProcess)
        {
            (await Query((await Start()).ConnectionString, "SELECT 'serves'")).ShouldBe("serves");
            return;
        }

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(Start);

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.AccountMissing);
        refused.Message.ShouldContain("'scoring-no-such-account'");
        refused.Message.ShouldContain("start the platform as an ordinary user");
    }

    [Fact]
    public async Task A_platform_of_a_plain_user_starts_stops_and_leaves_no_process()
    {
        using var scratch = new ScratchFolder();
        var account = Environment.IsPrivilegedProcess ? Options.Account : null;
        int server;
        await using (var platform = await StandaloneProcess.StartAs(account, scratch.Path))
        {
            server = PostmasterFile.Read(Path.Combine(scratch.Path, "postgres", "cluster", "postmaster.pid"))!.ProcessId;
            (await UserOf(server)).ShouldBe(await UserOf(platform.Id));
            (await UserOf(server)).ShouldNotBe("0");
            using var session = platform.Session();
            (await session.Platform.Programme("safe-driver", CancellationToken.None)).ShouldNotBeNull();
        }
        ServerProcesses.IsAlive(server).ShouldBeFalse();
    }

    private static Task<string> UserOf(int process) => Output("ps", "-o", "uid=", "-p", process.ToString(CultureInfo.InvariantCulture));

    private static async Task<string> Output(params string[] line)
    {
        var result = await CommandRunner.Run(line, "/", CancellationToken.None);
        result.Succeeded.ShouldBeTrue(result.Errors);
        return result.Output.Trim();
    }
}
