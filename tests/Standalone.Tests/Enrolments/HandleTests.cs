using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Enrolments;

/// <summary>Tests the handles of participants over HTTP on a real PostgreSQL.</summary>
[Collection(typeof(SharedPlatformCollection))]
public sealed class HandleTests(SharedPlatform platform)
{
    private const string Programme = "safe-driver";

    private readonly HandleProofs _proofs = new(platform.Session);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Events_of_a_second_handle_count_from_its_link_until_it_is_unlinked()
    {
        var driver = await platform.Enrol(Programme, "handles-second");
        var first = await Handles(driver);
        var second = Another(driver);
        await Drive(driver, second, "not linked yet");

        var linked = await Link(driver, _proofs.Valid(driver, second, Now));
        linked.Status.ShouldBe(HttpStatusCode.OK, linked.Answer);
        var handles = Ids(linked.Answer);
        handles.Length.ShouldBe(3);
        (await Handles(driver)).ShouldBe(handles);
        await Drive(driver, second, "linked");
        (await Score(driver), await Events(driver)).ShouldBe((504, 1));

        var id = handles.Except(first).ShouldHaveSingleItem();
        (await Unlink(driver, id)).ShouldBe(HttpStatusCode.NoContent);
        await Drive(driver, second, "unlinked");
        await Drive(driver, driver.HandleFor(EventFamily.Traffic), "by the first handle");
        (await Score(driver), await Events(driver)).ShouldBe((508, 2), "the first handle is still linked, and the second one is not");
        (await Handles(driver)).ShouldBe(handles.Except([id]));
        (await Unlink(driver, id)).ShouldBe(HttpStatusCode.NotFound);
        (await Kinds(driver)).ShouldBe(
            ["enrolled", "handle-linked", "handle-linked", "granted", "handle-linked", "event", "handle-unlinked", "event"]);
    }

    [Fact]
    public async Task A_newer_proof_moves_a_handle_and_its_former_owner_gets_a_notice()
    {
        var anna = await platform.Enrol(Programme, "handles-anna");
        var berta = await platform.Enrol(Programme, "handles-berta");
        var handle = Another(anna);
        var first = _proofs.Valid(anna, handle, Now.AddMinutes(-2));
        (await Link(anna, first)).Status.ShouldBe(HttpStatusCode.OK);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var live = await NoticeListener.Open(
            platform.Session.Standalone.Address, $"/v1/me/subjects/{Programme}/{anna.Ordinal}/notices", Token(anna), null, timeout.Token);

        (await Link(berta, _proofs.Valid(berta, handle, Now.AddMinutes(-3)))).Status.ShouldBe(
            HttpStatusCode.UnprocessableEntity, "its proof is older than the one by which the handle is linked");
        (await Handles(anna)).Length.ShouldBe(3);
        (await Link(berta, _proofs.Valid(berta, handle, Now.AddMinutes(-1)))).Status.ShouldBe(HttpStatusCode.OK);

        await live.Until(1);
        live.Received[0].Kind.ShouldBe("handle-unlinked");
        live.Received[0].Notice.GetProperty("words").GetString().ShouldBe("A handle of City traffic was unlinked.");
        ((await Handles(anna)).Length, (await Handles(berta)).Length).ShouldBe((2, 3));
        await Drive(anna, handle, "moved");
        ((await Events(anna)), (await Events(berta))).ShouldBe((0, 1));
        (await Link(anna, first)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "a used proof does not take the handle back");
        await ShouldMoveAtEnrolment(berta, handle);
    }

    [Fact]
    public async Task A_forged_proof_links_nothing_and_every_forgery_gets_the_same_answer()
    {
        var driver = await platform.Enrol(Programme, "handles-forged");
        var other = await platform.Enrol(Programme, "handles-other");
        var handle = Another(driver);
        var before = await Handles(driver);
        var used = _proofs.Valid(driver, handle, Now.AddMinutes(-4));
        var honest = _proofs.Valid(driver, Another(driver), Now);
        var answers = new HashSet<string>();
        foreach (var (fault, proof) in _proofs.Forged(driver, other, handle, Now))
        {
            ShouldBeRefused(await Link(driver, proof), fault);
            ShouldBeRefused(await Link(driver, honest, proof), $"an honest proof, and one with {fault}");
            ShouldBeRefused(await Enrol(driver, proof), $"{fault}, at enrolment");
        }
        answers.ShouldHaveSingleItem();
        (await Handles(driver)).ShouldBe(before);
        (await platform.Session.Api.SendJson(
            HttpMethod.Get, $"/v1/me/subjects?programme={Programme}", Token(driver), null, CancellationToken.None))
            .ShouldNotBeNull().GetArrayLength().ShouldBe(1);

        (await Link(driver, used, honest)).Status.ShouldBe(HttpStatusCode.OK, "the handles and the claims themselves are fine");
        (await Link(driver, used, honest)).Status.ShouldBe(HttpStatusCode.OK, "the request is sent again because its answer was lost");
        var older = _proofs.Valid(driver, handle, Now.AddMinutes(-5));
        ShouldBeRefused(await Link(driver, older), "a proof that is older than the one that was used");
        answers.ShouldHaveSingleItem();

        void ShouldBeRefused((HttpStatusCode Status, string Answer) answer, string fault)
        {
            answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, $"{fault}: {answer.Answer}");
            var problem = JsonNode.Parse(answer.Answer)!.AsObject();
            problem.Remove("traceId");
            answers.Add(problem.ToJsonString());
        }
    }

    private async Task ShouldMoveAtEnrolment(Resident former, Handle handle)
    {
        var carla = platform.Session.Residents.Draw(Programme, "handles-carla");
        var enrolled = await Enrol(carla, _proofs.Valid(carla, handle, Now));
        enrolled.Status.ShouldBe(HttpStatusCode.Created, enrolled.Answer);
        (await Handles(former)).Length.ShouldBe(2);
        (await Kinds(former)).ShouldBe(
            ["enrolled", "handle-linked", "handle-linked", "granted", "handle-linked", "event", "handle-unlinked"]);
        (await Handles(carla with { Ordinal = 0 })).Length.ShouldBe(1);
    }

    /// <summary>Another handle of a resident by the same source of traffic.</summary>
    private static Handle Another(Resident resident) =>
        resident.HandleFor(EventFamily.Traffic) with { Token = $"another-{Guid.NewGuid():N}" };

    private string Token(Resident resident) => platform.Session.Credentials.ParticipantToken(resident.Participant);

    private Task<(HttpStatusCode Status, string Answer)> Link(Resident resident, params string[] proofs) => Send(
        HttpMethod.Post, resident, $"/{Programme}/{resident.Ordinal}/handles", new JsonObject { ["handleProofs"] = Array(proofs) });

    private async Task<(HttpStatusCode Status, string Answer)> Enrol(Resident resident, params string[] proofs)
    {
        var programme = await platform.Session.Platform.Programme(Programme, CancellationToken.None);
        return await Send(HttpMethod.Post, resident, "", new JsonObject
        {
            ["programme"] = Programme, ["ruleSet"] = programme.InForce(programme.Today).Hash, ["handleProofs"] = Array(proofs),
        });
    }

    private async Task<HttpStatusCode> Unlink(Resident resident, string handle) =>
        (await Send(HttpMethod.Delete, resident, $"/{Programme}/{resident.Ordinal}/handles/{handle}", null)).Status;

    private Task<(HttpStatusCode Status, string Answer)> Send(HttpMethod method, Resident resident, string path, JsonObject? body) =>
        platform.Session.Api.Send(
            method, "/v1/me/subjects" + path, Token(resident), body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString()),
            "application/json", CancellationToken.None);

    private async Task<string[]> Handles(Resident resident) =>
        Ids((await platform.Own(resident, HttpMethod.Get, "/handles")).ShouldNotBeNull().GetRawText());

    private static string[] Ids(string handles) =>
        [.. JsonElement.Parse(handles).EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    private async Task<string[]> Kinds(Resident resident) =>
    [
        .. (await platform.Own(resident, HttpMethod.Get, "/history")).ShouldNotBeNull().GetProperty("entries").EnumerateArray()
            .OrderBy(entry => entry.GetProperty("turn").GetInt64()).Select(entry => entry.GetProperty("kind").GetString()!),
    ];

    private Task<long> Events(Resident resident) =>
        platform.Session.Platform.CountEvents(Token(resident), Programme, resident.Ordinal!.Value, CancellationToken.None);

    private async Task<long> Score(Resident resident) =>
        (await platform.Own(resident, HttpMethod.Get, "/score")).ShouldNotBeNull().GetProperty("score").GetInt64();

    /// <summary>Sends one calm trip, which gives four points when the handle is linked. The answer never says whether it is.</summary>
    private async Task Drive(Resident resident, Handle handle, string id)
    {
        var trip = new OutgoingEvent(
            resident, handle, "traffic.trip", id, Now, default,
            new JsonObject { ["distanceKm"] = 12, ["overLimitKm"] = 0, ["harshBrakings"] = 0 });
        var source = platform.Session.Standalone.Sources.Single(one => one.Id == handle.Source);
        var (status, answer) = await platform.Session.Platform.SendEvents(
            source.Token, CloudEvents.Batch([trip]), CancellationToken.None);
        status.ShouldBe(HttpStatusCode.Accepted, answer);
    }

    private static JsonArray Array(string[] proofs) => new([.. proofs.Select(proof => (JsonNode)proof)]);
}
