using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Scoring.Intake;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Streams;
using Scoring.Subjects;

namespace Scoring.Enrolments;

public sealed class EnrolmentTests
{
    private const string Anna = "anna-pairwise-sub";
    private const string Handle = "a-handle-1234567";

    private static string RuleSet =>
        TestProgrammes.Documents.Programmes.Single(p => p.Programme.Id == TestProgrammes.Vehicles).RuleSets[0].Hash;

    [Fact]
    public async Task A_proved_handle_enrols_a_subject_whose_events_count_from_then_on()
    {
        await using var city = await TestCity.Start();
        var enrolled = await Enrol(city, Proof());
        enrolled.Ordinal.ShouldBe(0);
        var own = new OwnSubject(Anna, TestProgrammes.Vehicles, 0);
        var view = (await Grain(city).Find(own))!;
        (view.RuleSet, view.Since, view.Handles.Single().Source).ShouldBe((RuleSet, TestCity.Today, TestProgrammes.SourceId));
        (await Grain(city).List(Anna, TestProgrammes.Vehicles)).Single().Ordinal.ShouldBe(0);

        await Send(city, "1");
        (await Grain(city).Score(own))!.Score.ShouldBe(TestProgrammes.Floor + 7);
        var history = (await Grain(city).History(own, null, 2))!;
        history.Entries.Select(e => e.Kind).ShouldBe([EntryKind.Event, EntryKind.HandleLinked]);
        (await Grain(city).History(own, history.Below, 2))!.Entries.Select(e => e.Kind).ShouldBe([EntryKind.Enrolled]);
    }

    [Fact]
    public async Task A_receipt_is_signed_says_what_was_consented_to_and_names_nobody()
    {
        await using var city = await TestCity.Start(silos: 1);
        var enrolled = await Enrol(city, Proof());
        var parts = enrolled.Receipt.Split('.');
        TestReceiptKey.Public.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256)
            .ShouldBeTrue();
        var text = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        using var receipt = JsonDocument.Parse(text);
        receipt.RootElement.GetProperty("dpv:hasRecordOfActivity").GetProperty("scoring:version").GetProperty("scoring:ruleSetHash")
            .GetString().ShouldBe(RuleSet);
        text.ShouldNotContain(Anna);
        text.ShouldNotContain(Handle);
        (await Grain(city).Receipt(new OwnSubject(Anna, TestProgrammes.Vehicles, 0))).ShouldBe(enrolled.Receipt);
    }

    private static (string Why, string Proof)[] BadProofs()
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
            ("another person", TestProgrammes.Proof(Payload(sub: "berta"))),
            ("another programme", TestProgrammes.Proof(Payload(programme: "fair-payer"))),
            ("an unknown source", TestProgrammes.Proof(Payload(iss: "urn:city:unknown"))),
            ("a source of a family the programme does not take", TestProgrammes.Proof(Payload(iss: "urn:city:till"))),
            ("expired", TestProgrammes.Proof(Payload(iat: now - 500, exp: now - 1))),
            ("too long a life", TestProgrammes.Proof(Payload(iat: now, exp: now + 601))),
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

    [Fact]
    public async Task A_proof_that_does_not_hold_is_refused_with_one_answer()
    {
        await using var city = await TestCity.Start(silos: 1);
        foreach (var (why, proof) in BadProofs())
        {
            (await Grain(city).Enrol(Anna, Request(proof))).ShouldBe(new EnrolOutcome(null, EnrolRefusal.ProofRefused), why);
            (await Grain(city).Enrol(Anna, Request(Proof("another-handle-12"), proof)))
                .ShouldBe(new EnrolOutcome(null, EnrolRefusal.ProofRefused), why);
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
        var proof = Proof();
        await Enrol(city, proof);
        (await Grain(city).Enrol(Anna, Request(proof))).ShouldBe(new EnrolOutcome(null, EnrolRefusal.ProofRefused));
    }

    [Fact]
    public async Task The_rule_set_must_be_the_one_in_force_and_the_programme_known()
    {
        await using var city = await TestCity.Start(silos: 1);
        (await Grain(city).Enrol(Anna, Request(Proof()) with { RuleSet = new string('0', 64) }))
            .ShouldBe(new EnrolOutcome(null, EnrolRefusal.RuleSetNotInForce));
        (await Grain(city).Enrol(Anna, Request(Proof()) with { Programme = ProgrammeId.Parse("no-such-programme") }))
            .ShouldBe(new EnrolOutcome(null, EnrolRefusal.ProgrammeUnknown));
    }

    [Fact]
    public async Task A_participant_has_at_most_all_ordinals()
    {
        await using var city = await TestCity.Start(silos: 1);
        for (var n = 0; n < OwnSubject.OrdinalCount; n++) (await Enrol(city, Proof($"a-handle-number-{n}"))).Ordinal.ShouldBe(n);
        (await Grain(city).Enrol(Anna, Request(Proof()))).ShouldBe(new EnrolOutcome(null, EnrolRefusal.TooManySubjects));
        (await Grain(city).List(Anna, TestProgrammes.Vehicles)).Select(view => view.Ordinal).ShouldBe(Enumerable.Range(0, 32));
    }

    [Fact]
    public async Task A_grant_lets_a_service_ask_until_it_is_taken_back()
    {
        await using var city = await TestCity.Start(settings: new() { ["Participants:GrantsMax"] = "2" });
        await Enrol(city, Proof());
        var own = new OwnSubject(Anna, TestProgrammes.Vehicles, 0);
        var granted = (await Grain(city).Grant(own, TestProgrammes.ServiceId, null)).Granted!;
        granted.Token.Length.ShouldBe(43);
        city.Append(Subject(city), 7);
        for (var i = 0; i < 7; i++) city.Append(Subject(city), 7);
        (await Ask(city, granted.Token)).ShouldBe(TestProgrammes.Floor + 56);
        (await Grain(city).Grants(own))!.Value.Single().Id.ShouldBe(granted.Id);

        (await Grain(city).Grant(own, "no-such-service", null)).Refusal.ShouldBe(GrantRefusal.ServiceUnknown);
        (await Grain(city).Grant(own, "city-food", null)).Refusal.ShouldBe(GrantRefusal.ServiceUnknown);
        (await Grain(city).Grant(own, "city-lapsed", null)).Refusal.ShouldBe(GrantRefusal.ServiceUnknown);
        (await Grain(city).Grant(own, TestProgrammes.ServiceId, city.Clock.GetUtcNow())).Refusal.ShouldBe(GrantRefusal.UntilInPast);
        (await Grain(city).Grant(own with { Ordinal = 1 }, TestProgrammes.ServiceId, null)).Refusal.ShouldBe(GrantRefusal.SubjectUnknown);
        (await Grain(city).Grant(own, TestProgrammes.ServiceId, null)).Granted.ShouldNotBeNull();
        (await Grain(city).Grant(own, TestProgrammes.ServiceId, null)).Refusal.ShouldBe(GrantRefusal.TooManyGrants);

        (await Grain(city).Revoke(own, granted.Id)).ShouldBeTrue();
        (await Grain(city).Revoke(own, granted.Id)).ShouldBeFalse();
        city.Clock.Advance(TimeSpan.FromMinutes(5));
        (await Ask(city, granted.Token)).ShouldBe(TestProgrammes.Floor);
    }

    [Fact]
    public async Task Further_handles_come_by_proof_and_every_bad_proof_gets_one_answer()
    {
        await using var city = await TestCity.Start(silos: 1, settings: new() { ["Participants:HandlesMax"] = "2" });
        await Enrol(city, Proof("another-handle-12"));
        var own = new OwnSubject(Anna, TestProgrammes.Vehicles, 0);
        var refused = new LinkOutcome(null, LinkRefusal.ProofRefused);
        foreach (var (why, proof) in BadProofs()) (await Grain(city).LinkHandles(own, [proof])).ShouldBe(refused, why);
        (await Grain(city).LinkHandles(own, [])).ShouldBe(refused);
        (await Grain(city).LinkHandles(own with { Ordinal = 1 }, [Proof()])).Refusal.ShouldBe(LinkRefusal.SubjectUnknown);

        var good = Proof();
        (await Grain(city).LinkHandles(own, [good])).Linked!.Value.Length.ShouldBe(2);
        (await Grain(city).LinkHandles(own, [good])).ShouldBe(refused, "a replayed one is like a forged one");
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

    [Fact]
    public async Task A_pause_makes_every_answer_neutral_and_takes_no_event_until_it_is_lifted()
    {
        await using var city = await TestCity.Start();
        await Enrol(city, Proof());
        var own = new OwnSubject(Anna, TestProgrammes.Vehicles, 0);
        var granted = (await Grain(city).Grant(own, TestProgrammes.ServiceId, null)).Granted!;
        for (var i = 0; i < 8; i++) await Send(city, $"before-{i}");
        (await Ask(city, granted.Token)).ShouldBe(TestProgrammes.Floor + 56);

        (await Grain(city).Restrict(own)).ShouldBeTrue();
        (await Grain(city).Restrict(own)).ShouldBeTrue();
        (await Ask(city, granted.Token)).ShouldBe(TestProgrammes.Floor, "even in the window of the answer before");
        await Send(city, "during");
        var view = (await Grain(city).Find(own))!;
        (view.Restricted, view.Handles.Length).ShouldBe((true, 1));
        (await Grain(city).Grants(own))!.Value.Single().Id.ShouldBe(granted.Id);
        (await Grain(city).Score(own))!.Score.ShouldBe(TestProgrammes.Floor + 56);

        (await Grain(city).LiftRestriction(own)).ShouldBeTrue();
        (await Grain(city).LiftRestriction(own)).ShouldBeTrue();
        (await Grain(city).Find(own))!.Restricted.ShouldBeFalse();
        await Send(city, "after");
        city.Clock.Advance(TimeSpan.FromMinutes(5));
        (await Ask(city, granted.Token)).ShouldBe(TestProgrammes.Floor + 63);
        var kinds = (await Grain(city).History(own, null, 5))!.Entries;
        kinds.Select(e => e.Kind).ShouldBe(
            [EntryKind.Queried, EntryKind.Event, EntryKind.RestrictionLifted, EntryKind.Restricted, EntryKind.Queried]);
        Encoding.UTF8.GetString(kinds[3].Body).ShouldBe("{}");
        foreach (var other in (OwnSubject[])[own with { Participant = "berta" }, own with { Ordinal = 1 }, own with { Ordinal = 32 }])
            ((await Grain(city).Restrict(other)) || await Grain(city).LiftRestriction(other)).ShouldBeFalse();
    }

    [Fact]
    public async Task Leaving_is_one_call_and_complete_when_it_answers()
    {
        await using var city = await TestCity.Start();
        await Enrol(city, Proof());
        var own = new OwnSubject(Anna, TestProgrammes.Vehicles, 0);
        var subject = Subject(city);
        for (var i = 0; i < 8; i++) city.Append(subject);
        (await Grain(city).Score(own))!.Score.ShouldBe(TestProgrammes.Floor + 56);

        (await Grain(city).Withdraw(own, null)).ShouldNotBeNull().Entries.ShouldBe(10);
        await TestCity.Until(() => !city.IsAwake(subject), "nothing holds it");
        (await Grain(city).Score(own)).ShouldBeNull();
        (await Grain(city).Find(own)).ShouldBeNull();
        (await Grain(city).Receipt(own)).ShouldBeNull();
        (await Grain(city).History(own, null, 10)).ShouldBeNull();
        (await Grain(city).Grants(own)).ShouldBeNull();
        (await Grain(city).Withdraw(own, null)).ShouldBeNull();
        (await city.Grains.GetGrain<IVehicleGrain>(subject.Value).ScoreBelow(10, TestCity.Today)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_reaches_another_participants_subject()
    {
        await using var city = await TestCity.Start(silos: 1);
        await Enrol(city, Proof());
        foreach (var other in (OwnSubject[])[
            new("berta", TestProgrammes.Vehicles, 0), new(Anna, TestProgrammes.Citizens, 0), new(Anna, TestProgrammes.Vehicles, 1),
            new(Anna, TestProgrammes.Vehicles, -1), new(Anna, TestProgrammes.Vehicles, 32)])
        {
            (await Grain(city).Find(other)).ShouldBeNull();
            (await Grain(city).Score(other)).ShouldBeNull();
            (await Grain(city).Withdraw(other, null)).ShouldBeNull();
        }
    }

    private static SubjectId Subject(TestCity city) => city.Ledger.OnlySubject;

    private static async Task Send(TestCity city, string id, string handle = Handle) =>
        await city.Grains.GetGrain<IIntakeGrain>(0).Append(new EventBatch(
            TestProgrammes.SourceId,
            [new IncomingEvent(id, TestProgrammes.Vehicles, handle, city.Clock.GetUtcNow(), TestProgrammes.Body(7))]));

    private static async Task<long> Ask(TestCity city, string token) =>
        (await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, token)).Answer!.Score;

    private static IEnrolmentGrain Grain(TestCity city) => city.Grains.GetGrain<IEnrolmentGrain>(0);

    private static async Task<EnrolledView> Enrol(TestCity city, params string[] proofs) =>
        (await Grain(city).Enrol(Anna, Request(proofs))).Enrolled.ShouldNotBeNull();

    private static EnrolRequest Request(params string[] proofs) => new(TestProgrammes.Vehicles, RuleSet, [.. proofs]);

    private static string Proof(string handle = Handle) => TestProgrammes.Proof(Payload(handle: handle));

    private static object Payload(
        string handle = Handle, string programme = "safe-driver", string sub = Anna, string iss = TestProgrammes.SourceId, long? iat = null,
        long? exp = null, string padding = "")
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new { handle, programme, sub, iss, iat = iat ?? now, exp = exp ?? now + 600, padding };
    }
}
