using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Scoring.Hosting;
using Scoring.Intake;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.Testing;
using static Scoring.Enrolments.EnrolmentCalls;

namespace Scoring.Enrolments;

public sealed class EnrolmentGrainTests
{
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
    public async Task A_request_that_is_repeated_because_its_answer_was_lost_enrols_no_second_subject()
    {
        await using var city = await TestCity.Start(silos: 1);
        await Enrol(city, Proof("another-handle-1"));
        string[] proofs = [Proof(), Proof("a-second-handle-1")];
        var enrolled = await Enrol(city, proofs);
        enrolled.Ordinal.ShouldBe(1);
        city.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Enrol(city, proofs)).ShouldBe(enrolled);
        (await Enrol(city, [.. proofs.Reverse()])).ShouldBe(enrolled);
        (await Grain(city).List(Anna, TestProgrammes.Vehicles)).Length.ShouldBe(2);

        var refused = new EnrolOutcome(null, EnrolRefusal.ProofRefused);
        (await Grain(city).Enrol(Anna, Request(proofs[0]))).ShouldBe(refused, "it proves less than the enrolment did");
        (await Grain(city).Enrol(Anna, Request([.. proofs, Proof("a-third-handle-12")]))).ShouldBe(refused, "it proves more");
    }

    [Fact]
    public async Task A_receipt_is_signed_states_what_was_consented_to_and_names_no_person()
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
    public async Task A_grant_lets_a_service_query_until_it_is_revoked()
    {
        await using var city = await TestCity.Start(settings: new() { ["Participants:GrantsMax"] = "2" });
        await Enrol(city, Proof());
        var own = new OwnSubject(Anna, TestProgrammes.Vehicles, 0);
        var granted = (await Grain(city).Grant(own, TestProgrammes.ServiceId, null)).Granted!;
        granted.Token.Length.ShouldBe(43);
        city.Append(Subject(city), 7);
        for (var i = 0; i < 7; i++) city.Append(Subject(city), 7);
        (await Query(city, granted.Token)).ShouldBe(TestProgrammes.Floor + 56);
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
        (await Query(city, granted.Token)).ShouldBe(TestProgrammes.Floor);
    }

    [Fact]
    public async Task A_restriction_makes_every_answer_neutral_and_takes_no_event_until_it_is_lifted()
    {
        await using var city = await TestCity.Start();
        await Enrol(city, Proof());
        var own = new OwnSubject(Anna, TestProgrammes.Vehicles, 0);
        var granted = (await Grain(city).Grant(own, TestProgrammes.ServiceId, null)).Granted!;
        for (var i = 0; i < 8; i++) await Send(city, $"before-{i}");
        (await Query(city, granted.Token)).ShouldBe(TestProgrammes.Floor + 56);

        (await Grain(city).Restrict(own)).ShouldBeTrue();
        (await Grain(city).Restrict(own)).ShouldBeTrue();
        (await Query(city, granted.Token)).ShouldBe(TestProgrammes.Floor, "also within the validity of the answer before");
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
        (await Query(city, granted.Token)).ShouldBe(TestProgrammes.Floor + 63);
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
        await TestCity.Until(() => !city.IsActive(subject), "no activation holds the subject");
        (await Grain(city).Score(own)).ShouldBeNull();
        (await Grain(city).Find(own)).ShouldBeNull();
        (await Grain(city).Receipt(own)).ShouldBeNull();
        (await Grain(city).History(own, null, 10)).ShouldBeNull();
        (await Grain(city).Grants(own)).ShouldBeNull();
        (await Grain(city).Withdraw(own, null)).ShouldBeNull();
        (await city.Grains.GetGrain<IVehicleGrain>(subject.Value).ScoreBelow(10, TestCity.Today)).ShouldBeNull();
    }

    [Fact]
    public async Task No_participant_reaches_the_subject_of_another()
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
}
