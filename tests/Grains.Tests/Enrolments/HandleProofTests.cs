using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text.Json;
using Scoring.Hosting;
using Scoring.Testing;
using static Scoring.Enrolments.EnrolmentCalls;

namespace Scoring.Enrolments;

public sealed class HandleProofTests
{
    [Fact]
    public async Task A_proof_that_does_not_hold_is_refused_with_one_answer()
    {
        await using var city = await TestCity.Start(silos: 1);
        foreach (var (fault, proof) in BadProofs())
        {
            (await Grain(city).Enrol(Anna, Request(proof))).ShouldBe(new EnrolOutcome(null, EnrolRefusal.ProofRefused), fault);
            (await Grain(city).Enrol(Anna, Request(Proof("another-handle-12"), proof)))
                .ShouldBe(new EnrolOutcome(null, EnrolRefusal.ProofRefused), fault);
        }
        (await Grain(city).List(Anna, TestProgrammes.Vehicles)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_proofs_of_one_handle_none_or_too_many_are_refused()
    {
        await using var city = await TestCity.Start(silos: 1);
        foreach (var request in (EnrolRequest[])[
            Request(Proof(), Proof()), Request(), Request([.. Enumerable.Range(0, 17).Select(n => Proof($"a-handle-number-{n}"))])])
        {
            (await Grain(city).Enrol(Anna, request)).ShouldBe(new EnrolOutcome(null, EnrolRefusal.ProofRefused));
        }
    }

    [Fact]
    public async Task A_proof_used_before_is_refused_like_a_forged_one()
    {
        await using var city = await TestCity.Start(silos: 1);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var old = TestProgrammes.Proof(Payload(iat: now - 2, exp: now + 500));
        await Enrol(city, old);
        await Enrol(city, Proof()); // a newer proof moves the handle to a second subject
        (await Grain(city).Enrol(Anna, Request(old))).ShouldBe(new EnrolOutcome(null, EnrolRefusal.ProofRefused));
    }

    [Theory]
    [InlineData(null, null, true, true)]
    [InlineData(null, null, false, false)]
    [InlineData("https://scores.city.example", "https://scores.city.example", true, true)]
    [InlineData("https://scores.city.example", "https://scores.city.example", false, true)]
    [InlineData("https://scores.city.example", "https://scores.town.example", true, false)]
    [InlineData("https://scores.city.example", "https://scores.city.example/", true, false)]
    [InlineData("https://scores.city.example", "", true, false)]
    [InlineData("https://scores.city.example", null, true, true)]
    [InlineData("https://scores.city.example", null, false, false)]
    [InlineData(null, "https://scores.city.example", true, false)]
    public async Task A_proof_holds_at_the_installation_that_it_names(
        string? installation, string? audience, bool isOptional, bool holds)
    {
        await using var city = await TestCity.Start(silos: 1, settings: new()
        {
            ["Participants:Installation"] = installation ?? (isOptional ? "" : "https://unused.example"),
            ["Participants:ProofsWithoutAudience"] = isOptional ? "true" : "false",
        });
        var proof = audience is null ? Proof() : TestProgrammes.Proof(WithAudience(audience));
        ((await Grain(city).Enrol(Anna, Request(proof))).Enrolled is not null).ShouldBe(holds);
    }

    [Fact]
    public async Task A_proof_for_several_installations_or_for_none_is_refused()
    {
        const string Here = "https://scores.city.example";
        await using var city = await TestCity.Start(silos: 1, settings: new() { ["Participants:Installation"] = Here });
        foreach (var audience in (object?[])[new[] { Here, "https://scores.town.example" }, Array.Empty<string>(), 7, null])
            (await Grain(city).Enrol(Anna, Request(TestProgrammes.Proof(WithAudience(audience))))).Refusal
                .ShouldBe(EnrolRefusal.ProofRefused, JsonSerializer.Serialize(audience));
        (await Grain(city).Enrol(Anna, Request(TestProgrammes.Proof(WithAudience(new[] { Here }))))).Enrolled.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_accepted_proof_without_an_audience_is_counted()
    {
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "scoring.handles.proofs_without_audience") l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, measured, _, _) => Interlocked.Add(ref counted, measured));
        listener.Start();
        await using var city = await TestCity.Start(silos: 1);
        await Enrol(city, Proof());
        Interlocked.Read(ref counted).ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task An_installation_that_requires_the_audience_has_a_name() =>
        (await Should.ThrowAsync<Exception>(async () =>
        {
            await using var city = await TestCity.Start(silos: 1, settings: new() { ["Participants:ProofsWithoutAudience"] = "false" });
        })).ToString().ShouldContain("Participants:Installation");

    [Fact]
    public async Task Further_handles_come_by_proof_and_every_bad_proof_gets_one_answer()
    {
        await using var city = await TestCity.Start(silos: 1, settings: new() { ["Participants:HandlesMax"] = "2" });
        await Enrol(city, Proof("another-handle-12"));
        var own = new OwnSubject(Anna, TestProgrammes.Vehicles, 0);
        var refused = new LinkOutcome(null, LinkRefusal.ProofRefused);
        foreach (var (fault, proof) in BadProofs()) (await Grain(city).LinkHandles(own, [proof])).ShouldBe(refused, fault);
        (await Grain(city).LinkHandles(own, [])).ShouldBe(refused);
        (await Grain(city).LinkHandles(own with { Ordinal = 1 }, [Proof()])).Refusal.ShouldBe(LinkRefusal.SubjectUnknown);

        var good = Proof();
        (await Grain(city).LinkHandles(own, [good])).Linked!.Value.Length.ShouldBe(2);
        (await Grain(city).LinkHandles(own, [good])).Linked!.Value.Length.ShouldBe(2, "a repeated request finds it linked already");
        (await Grain(city).LinkHandles(own, [Proof("a-third-handle-12")])).Refusal.ShouldBe(LinkRefusal.TooManyHandles);
        await Send(city, "1");
        (await Grain(city).Score(own))!.Score.ShouldBe(TestProgrammes.Floor + 7);

        foreach (var handle in (await Grain(city).LinkedHandles(own))!.Value)
        {
            (await Grain(city).UnlinkHandle(own with { Participant = "berta" }, handle.Id)).ShouldBeFalse();
            (await Grain(city).UnlinkHandle(own, handle.Id)).ShouldBeTrue();
            (await Grain(city).UnlinkHandle(own, handle.Id)).ShouldBeFalse();
        }
        (await Grain(city).LinkedHandles(own))!.Value.ShouldBeEmpty();
        await Send(city, "2");
        (await Grain(city).Score(own))!.Score.ShouldBe(TestProgrammes.Floor + 7);
        (await Grain(city).LinkedHandles(own with { Ordinal = 1 })).ShouldBeNull();
    }

    private static Dictionary<string, object?> WithAudience(object? audience)
    {
        var claims = JsonSerializer.Deserialize<Dictionary<string, object?>>(JsonSerializer.Serialize(Payload()))!;
        claims["aud"] = audience;
        return claims;
    }

    private static (string Fault, string Proof)[] BadProofs()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var good = Proof();
        var parts = good.Split('.');
        return
        [
            ("no token", "nonsense"),
            ("empty", ""),
            ("another key", TestProgrammes.Proof(Payload(), key: other)),
            ("an unknown key id", TestProgrammes.Proof(Payload(), keyId: "source-2")),
            ("no signature", $"{parts[0]}.{parts[1]}."),
            ("a signature changed", $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}"),
            ("algorithm none", $"{System.Buffers.Text.Base64Url.EncodeToString("""{"alg":"none"}"""u8)}.{parts[1]}."),
            ("another algorithm", TestProgrammes.Proof(Payload(), algorithm: "HS256")),
            ("another participant", TestProgrammes.Proof(Payload(sub: "berta"))),
            ("another programme", TestProgrammes.Proof(Payload(programme: "fair-payer"))),
            ("an unknown source", TestProgrammes.Proof(Payload(iss: "urn:city:unknown"))),
            ("a source of a family the programme does not take", TestProgrammes.Proof(Payload(iss: "urn:city:till"))),
            ("expired", TestProgrammes.Proof(Payload(iat: now - 500, exp: now - 1))),
            ("a lifetime too long", TestProgrammes.Proof(Payload(iat: now, exp: now + 601))),
            ("issued in the future", TestProgrammes.Proof(Payload(iat: now + 300, exp: now + 500))),
            ("no expiry",
                TestProgrammes.Proof(
                    new { handle = Handle, programme = "safe-driver", sub = Anna, iss = TestProgrammes.SourceId, iat = now })),
            ("no issue",
                TestProgrammes.Proof(
                    new { handle = Handle, programme = "safe-driver", sub = Anna, iss = TestProgrammes.SourceId, exp = now + 60 })),
            ("a handle too short", TestProgrammes.Proof(Payload(handle: "short"))),
            ("a handle of other characters", TestProgrammes.Proof(Payload(handle: "a handle with spaces"))),
            ("too long", TestProgrammes.Proof(Payload(padding: new string('x', 5000)))),
        ];
    }
}
