using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Keys;
using Scoring.Programmes;

namespace Scoring.Standalone;

/// <summary>DESIGN §1.1: who is not enrolled leaves no trace. The same search finds who is, or it would prove nothing.</summary>
public sealed class StrangerTests
{
    [Fact]
    public async Task Somebody_never_enrolled_is_answered_like_any_other_and_found_nowhere()
    {
        using var scratch = new ScratchFolder();
        Resident enrolled, stranger;
        string printed;
        const string EnrolledId = "event-of-the-enrolled-7f2c", StrangerId = "event-of-the-stranger-9d41";
        await using (var platform = await StandaloneProcess.Start(scratch.Path))
        {
            using var session = platform.Session();
            var programme = await session.Participation.Programme("safe-driver", CancellationToken.None);
            enrolled = (await session.TownHall.Enrol(
                programme, [session.TownHall.Meet("safe-driver", "enrolled")], _ => { }, CancellationToken.None))[0];
            stranger = session.TownHall.Meet("safe-driver", "stranger");

            var known = await Send(session, enrolled, EnrolledId, 7);
            var unknown = await Send(session, stranger, StrangerId, 7);
            unknown.ShouldBe(known);
            unknown.Status.ShouldBe(HttpStatusCode.Accepted);
            (await Send(session, stranger, StrangerId, 7)).ShouldBe(known);
            (await Send(session, stranger, StrangerId, -1)).Status.ShouldBe(HttpStatusCode.BadRequest);
            (await Send(session, stranger, StrangerId, 7, "wrong-token")).Status.ShouldBe(HttpStatusCode.Unauthorized);

            var token = session.Credentials.ParticipantToken(enrolled.Participant);
            (await session.Participation.CountEvents(token, "safe-driver", enrolled.Ordinal!.Value, CancellationToken.None)).ShouldBe(1);
            printed = platform.Printed;
            Traces(scratch.Path, stranger, StrangerId, printed).ShouldBeEmpty(); // while it runs: temporary files too
        }

        Traces(scratch.Path, stranger, StrangerId, printed).ShouldBeEmpty();
        Traces(scratch.Path, enrolled, EnrolledId, printed).ShouldBe(["handle hash, bytes", "event key, bytes"], ignoreOrder: true);
    }

    private static async Task<(HttpStatusCode Status, string Answer)> Send(
        Session session, Resident who, string id, int distanceKm, string? token = null)
    {
        var source = session.Standalone.Sources.First(s => s.Family == EventFamily.Traffic);
        var one = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id,
            ["source"] = source.Id,
            ["type"] = "traffic.trip",
            ["time"] = TimeProvider.System.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["data"] = new JsonObject
            {
                ["programme"] = "safe-driver", ["handle"] = who.HandleFor(EventFamily.Traffic).Token,
                ["distanceKm"] = distanceKm, ["overLimitKm"] = 0, ["harshBrakings"] = 0,
            },
        };
        return await session.Participation.Post(
            token ?? source.Token, Encoding.UTF8.GetBytes(new JsonArray(one).ToJsonString()), CancellationToken.None);
    }

    private static IEnumerable<string> Traces(string folder, Resident who, string id, string printed)
    {
        var source = who.HandleFor(EventFamily.Traffic).Source;
        var handle = who.HandleFor(EventFamily.Traffic).Token;
        var keys = PlatformKeyFile.Read(Path.Combine(folder, "keys.json")).Keys;
        var hash = keys.HandleHash(source, ProgrammeId.Parse("safe-driver"), handle);
        var key = PlatformKeys.EventKey(source, id).ToByteArray(bigEndian: true);
        (string What, byte[] Bytes)[] traces =
        [
            ("handle", Encoding.UTF8.GetBytes(handle)), ("event id", Encoding.UTF8.GetBytes(id)),
            .. Forms("handle hash", hash), .. Forms("event key", key),
            ("event key, uuid", Encoding.UTF8.GetBytes(PlatformKeys.EventKey(source, id).ToString())),
        ];
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(ReadWhole)
            .Append(Encoding.UTF8.GetBytes(printed));
        return files.SelectMany(file => traces.Where(t => file.AsSpan().IndexOf(t.Bytes) >= 0).Select(t => t.What)).Distinct().ToArray();
    }

    private static IEnumerable<(string, byte[])> Forms(string what, byte[] bytes) =>
    [
        (what + ", bytes", bytes), (what + ", hexadecimal", Encoding.UTF8.GetBytes(Convert.ToHexStringLower(bytes))),
        (what + ", base64", Encoding.UTF8.GetBytes(Convert.ToBase64String(bytes).TrimEnd('='))),
        (what + ", base64url", Encoding.UTF8.GetBytes(System.Buffers.Text.Base64Url.EncodeToString(bytes))),
    ];

    private static byte[] ReadWhole(string file)
    {
        try
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var all = new MemoryStream();
            open.CopyTo(all);
            return all.ToArray();
        }
        catch (FileNotFoundException)
        {
            return []; // the running database removed it
        }
        catch (IOException) when (file.EndsWith("owner.lock", StringComparison.Ordinal))
        {
            return [];
        }
    }
}
