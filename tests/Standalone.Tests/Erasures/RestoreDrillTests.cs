using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Erasures;

/// <summary>Performs "Restoring a backup" of docs/operations.md: copies the stopped database and restores the copy later.</summary>
public sealed class RestoreDrillTests : IDisposable
{
    private const string Programme = "safe-driver";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly ScratchFolder _scratch = new();

    private string Database => Path.Combine(_scratch.Path, "postgres");

    private string Backup => Path.Combine(_scratch.Path, "backup");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_withdrawal_after_the_backup_is_replayed_before_the_first_request_and_other_subjects_remain()
    {
        var (leaves, stays, floor, score) = await EnrolTwoAndDrive();
        await Run("cp", "-a", Database, Backup);
        await Withdraw(leaves, floor);
        Directory.Delete(Database, recursive: true);
        await Run("cp", "-a", Backup, Database);
        await ShouldRefuseADamagedList();

        // The platform is ready only after the replay, so its first answer is already correct.
        await using var platform = await StandaloneProcess.Start(_scratch.Path);
        using var session = platform.Session();
        await ShouldBeGone(session, leaves, floor);
        (await Query(session, stays)).ShouldBe(score);
        platform.Printed.ShouldContain("erased 1 enrolments");
        // The handles can be enrolled again immediately.
        var programme = await session.Platform.Programme(Programme, Cancel);
        var again = (await session.Residents.Enrol(programme, [leaves with { Ordinal = null, Grant = null }], _ => { }, Cancel))[0];
        await Drive(session, again);
        (await Query(session, again)).ShouldBe(score);
    }

    private async Task<(Resident Leaves, Resident Stays, long Floor, long Score)> EnrolTwoAndDrive()
    {
        await using var platform = await StandaloneProcess.Start(_scratch.Path);
        using var session = platform.Session();
        var programme = await session.Platform.Programme(Programme, Cancel);
        var people = await session.Residents.Enrol(
            programme, [session.Residents.Draw(Programme, "leaves"), session.Residents.Draw(Programme, "stays")], _ => { }, Cancel);
        foreach (var resident in people) await Drive(session, resident);
        var score = await Query(session, people[1]);
        score.ShouldBeGreaterThan(programme.Floor);
        (await Query(session, people[0])).ShouldBe(score);
        return (people[0], people[1], programme.Floor, score);
    }

    private async Task Withdraw(Resident leaves, long floor)
    {
        await using var platform = await StandaloneProcess.Start(_scratch.Path);
        using var session = platform.Session();
        var own = $"/v1/me/subjects/{Programme}/{leaves.Ordinal}";
        var withdrawal = (await session.Api.SendJson(HttpMethod.Delete, own, Token(session, leaves), null, Cancel)).ShouldNotBeNull();
        withdrawal.GetProperty("entries").GetInt64().ShouldBeGreaterThan(4);
        await ShouldBeGone(session, leaves, floor);
        ListLines().Length.ShouldBe(1);
    }

    /// <summary>The platform does not start with an erasure list that it cannot read completely.</summary>
    private async Task ShouldRefuseADamagedList()
    {
        var damaged = Path.Combine(_scratch.Path, "erasures", "damaged.erasures");
        await File.WriteAllTextAsync(damaged, "2026\n" + ListLines()[0] + "\n", Cancel);
        await using (var refused = StandaloneProcess.Launch(_scratch.Path, developmentClock: false))
        {
            (await refused.Ended()).ShouldBe(1);
            refused.Printed.ShouldContain("damaged.erasures");
        }
        File.Delete(damaged);
    }

    private static async Task ShouldBeGone(Session session, Resident resident, long floor)
    {
        (await Query(session, resident)).ShouldBe(floor, "the neutral answer");
        await Drive(session, resident);
        foreach (var path in new[] { "", "/score", "/history", "/looks", "/receipt", "/handles", "/grants" })
        {
            (await Status(session, HttpMethod.Get, resident, path)).ShouldBe(HttpStatusCode.NotFound, path);
        }
        (await Status(session, HttpMethod.Delete, resident, "")).ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpStatusCode> Status(Session session, HttpMethod method, Resident resident, string path)
    {
        using var http = new HttpClient { BaseAddress = session.Standalone.Address };
        using var request = new HttpRequestMessage(method, $"/v1/me/subjects/{Programme}/{resident.Ordinal}{path}");
        request.Headers.Authorization = new("Bearer", Token(session, resident));
        using var answer = await http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static string Token(Session session, Resident resident) => session.Credentials.ParticipantToken(resident.Participant);

    private static async Task<long> Query(Session session, Resident resident)
    {
        var service = session.Standalone.Services.First(one => one.Programme == Programme);
        return (await session.Platform.Query(service.Token, resident.Grant!, Cancel)).Score;
    }

    private static async Task Drive(Session session, Resident resident)
    {
        var source = session.Standalone.Sources.First(one => one.Id == resident.HandleFor(EventFamily.Traffic).Source);
        var trip = new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = Guid.NewGuid().ToString(), ["source"] = source.Id, ["type"] = "traffic.trip",
            ["time"] = TimeProvider.System.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["data"] = new JsonObject
            {
                ["programme"] = Programme, ["handle"] = resident.HandleFor(EventFamily.Traffic).Token,
                ["distanceKm"] = 7, ["overLimitKm"] = 0, ["harshBrakings"] = 0,
            },
        };
        (await session.Platform.SendEvents(source.Token, Encoding.UTF8.GetBytes(new JsonArray(trip).ToJsonString()), Cancel)).Status
            .ShouldBe(HttpStatusCode.Accepted);
    }

    private string[] ListLines() =>
        [.. Directory.GetFiles(Path.Combine(_scratch.Path, "erasures"), "*.erasures").SelectMany(File.ReadAllLines)];

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(0);
    }
}
