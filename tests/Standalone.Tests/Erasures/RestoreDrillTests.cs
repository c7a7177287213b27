using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Hosting;

namespace Scoring.Erasures;

/// <summary>docs/operations.md, "Restoring a backup", done over HTTP: the stopped database is copied, and the copy put back.</summary>
public sealed class RestoreDrillTests
{
    private const string Programme = "safe-driver";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_left_after_the_backup_is_gone_again_before_the_first_request_and_who_stayed_is_there()
    {
        using var scratch = new ScratchFolder();
        var (database, backup) = (Path.Combine(scratch.Path, "postgres"), Path.Combine(scratch.Path, "backup"));
        Resident left, stays;
        long floor, score;
        await using (var platform = await StandaloneProcess.Start(scratch.Path))
        {
            using var session = platform.Session();
            var programme = await session.Participation.Programme(Programme, Cancel);
            var people = await session.TownHall.Enrol(
                programme, [session.TownHall.Meet(Programme, "leaves"), session.TownHall.Meet(Programme, "stays")], _ => { }, Cancel);
            (left, stays) = (people[0], people[1]);
            floor = programme.Floor;
            foreach (var who in people) await Drive(session, who);
            score = await Asked(session, stays);
            score.ShouldBeGreaterThan(floor);
            (await Asked(session, left)).ShouldBe(score);
        }
        await Run("cp", "-a", database, backup);

        await using (var platform = await StandaloneProcess.Start(scratch.Path))
        {
            using var session = platform.Session();
            var own = $"/v1/me/subjects/{Programme}/{left.Ordinal}";
            var told = (await session.Api.Ask(HttpMethod.Delete, own, Token(session, left), null, Cancel)).ShouldNotBeNull();
            told.GetProperty("entries").GetInt64().ShouldBeGreaterThan(4);
            await ShouldBeGone(session, left, floor);
            Lines(scratch.Path).Length.ShouldBe(1);
        }
        Directory.Delete(database, recursive: true);
        await Run("cp", "-a", backup, database);

        // A list that cannot be read whole keeps everything from being served.
        var damaged = Path.Combine(scratch.Path, "erasures", "damaged.erasures");
        await File.WriteAllTextAsync(damaged, "2026\n" + Lines(scratch.Path)[0] + "\n", Cancel);
        await using (var refused = StandaloneProcess.Launch(scratch.Path, developmentClock: false))
        {
            (await refused.Ended()).ShouldBe(1);
            refused.Printed.ShouldContain("damaged.erasures");
        }
        File.Delete(damaged);

        // It is ready only when it is erased: what answers first answers rightly.
        await using (var platform = await StandaloneProcess.Start(scratch.Path))
        {
            using var session = platform.Session();
            await ShouldBeGone(session, left, floor);
            (await Asked(session, stays)).ShouldBe(score);
            platform.Printed.ShouldContain("erased 1 enrolments");
            // The handles are free at once.
            var programme = await session.Participation.Programme(Programme, Cancel);
            var again = (await session.TownHall.Enrol(programme, [left with { Ordinal = null, Grant = null }], _ => { }, Cancel))[0];
            await Drive(session, again);
            (await Asked(session, again)).ShouldBe(score);
        }
    }

    private static async Task ShouldBeGone(Session session, Resident who, long floor)
    {
        (await Asked(session, who)).ShouldBe(floor, "neutral, as for anybody");
        await Drive(session, who);
        foreach (var path in new[] { "", "/score", "/history", "/looks", "/receipt", "/handles", "/grants" })
        {
            (await Status(session, HttpMethod.Get, who, path)).ShouldBe(HttpStatusCode.NotFound, path);
        }
        (await Status(session, HttpMethod.Delete, who, "")).ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpStatusCode> Status(Session session, HttpMethod method, Resident who, string path)
    {
        using var http = new HttpClient { BaseAddress = session.Standalone.Address };
        using var request = new HttpRequestMessage(method, $"/v1/me/subjects/{Programme}/{who.Ordinal}{path}");
        request.Headers.Authorization = new("Bearer", Token(session, who));
        using var answer = await http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static string Token(Session session, Resident who) => session.Credentials.ParticipantToken(who.Participant);

    private static async Task<long> Asked(Session session, Resident who)
    {
        var service = session.Standalone.Services.First(one => one.Programme == Programme);
        return (await session.Participation.Query(service.Token, who.Grant!, Cancel)).Score;
    }

    private static async Task Drive(Session session, Resident who)
    {
        var source = session.Standalone.Sources.First(one => one.Id == who.HandleFor(EventFamily.Traffic).Source);
        var trip = new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = Guid.NewGuid().ToString(), ["source"] = source.Id, ["type"] = "traffic.trip",
            ["time"] = TimeProvider.System.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["data"] = new JsonObject
            {
                ["programme"] = Programme, ["handle"] = who.HandleFor(EventFamily.Traffic).Token,
                ["distanceKm"] = 7, ["overLimitKm"] = 0, ["harshBrakings"] = 0,
            },
        };
        (await session.Participation.Post(source.Token, Encoding.UTF8.GetBytes(new JsonArray(trip).ToJsonString()), Cancel)).Status
            .ShouldBe(HttpStatusCode.Accepted);
    }

    private static string[] Lines(string folder) =>
        [.. Directory.GetFiles(Path.Combine(folder, "erasures"), "*.erasures").SelectMany(File.ReadAllLines)];

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(0);
    }
}
