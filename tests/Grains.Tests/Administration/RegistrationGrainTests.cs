using System.Text;
using System.Text.Json.Nodes;
using Scoring.Rules;
using Scoring.Tests.Rules;

namespace Scoring.Administration;

public sealed class RegistrationGrainTests
{
    private const string Meters = "https://example.org/meters";

    [Fact]
    public async Task A_source_is_proposed_by_one_and_registered_by_another()
    {
        await using var city = await AdminCity.Start();
        var source = city.Registration(RegistrationKind.Source, Meters);
        (await source.Find()).ShouldBeNull();
        var proposal = await Proposed(source, Document("Meters"));
        var view = (await source.Find())!;
        (view.Kind, view.Id, view.Status, view.Document).ShouldBe((RegistrationKind.Source, Meters, null, null));
        view.Proposal!.Hash.ShouldBe(proposal.Hash);

        (await source.Approve(AdminCity.Author, proposal.Hash)).Refusal.ShouldBe(AdminRefusal.IsAuthor);
        (await source.Approve(AdminCity.Berta, new string('0', 64))).Refusal.ShouldBe(AdminRefusal.HashDiffers);
        city.Store.State.Registrations.ShouldNotContainKey($"source/{Meters}");
        (await source.Approve(AdminCity.Berta, proposal.Hash)).Done.ShouldBeTrue();
        (await source.Approve(AdminCity.Berta, proposal.Hash)).Done.ShouldBeTrue("a repeated call finds its act");
        (await source.Approve(AdminCity.Carla, proposal.Hash)).Refusal.ShouldBe(AdminRefusal.Unknown);

        view = (await source.Find())!;
        (view.Status, view.Proposal).ShouldBe((RegistrationStatus.Registered, null));
        view.Document.ShouldBe(proposal.Document);
        (await city.Catalogue()).Sources.ShouldContain(other => other.Id == Meters);
        city.Store.Record.Select(act => (act.Act, act.By)).ShouldBe(
            [(AdminActions.Proposed, AdminCity.Author), (AdminActions.Registered, AdminCity.Berta)]);
        city.Store.Record.ShouldAllBe(act => act.Hash == proposal.Hash && act.Programme == null);
        city.Store.Record[1].Details.ShouldBe($$"""{"registration":"source/{{Meters}}"}""");
    }

    [Fact]
    public async Task A_registration_is_replaced_suspended_resumed_and_ended_permanently()
    {
        await using var city = await AdminCity.Start();
        var source = city.Registration(RegistrationKind.Source, Meters);
        foreach (var act in (RegistrationAction[])[RegistrationAction.Suspend, RegistrationAction.Resume, RegistrationAction.End])
            (await source.Propose(AdminCity.Author, new(act, null))).Refusal.ShouldBe(AdminRefusal.Unknown);
        await Done(source, new(RegistrationAction.Register, Document("Meters")));
        (await source.Propose(AdminCity.Author, new(RegistrationAction.Resume, null))).Refusal.ShouldBe(AdminRefusal.WrongStatus);
        await Done(source, new(RegistrationAction.Suspend, null));
        (await source.Find())!.Status.ShouldBe(RegistrationStatus.Suspended);
        (await source.Propose(AdminCity.Author, new(RegistrationAction.Suspend, null))).Refusal.ShouldBe(AdminRefusal.WrongStatus);

        (await Done(source, new(RegistrationAction.Register, Document("New meters")))).Differences.ShouldNotBeEmpty();
        var replaced = (await source.Find())!;
        (replaced.Status, Encoding.UTF8.GetString(replaced.Document!).Contains("New meters")).ShouldBe(
            (RegistrationStatus.Suspended, true));
        await Done(source, new(RegistrationAction.Resume, null));
        (await source.Find())!.Status.ShouldBe(RegistrationStatus.Registered);
        await Done(source, new(RegistrationAction.End, null));
        var ended = (await source.Find())!;
        (ended.Status, ended.Document.ShouldNotBeNull().Length).ShouldBe((RegistrationStatus.Ended, replaced.Document!.Length));
        foreach (var change in (RegistrationChange[])[
            new(RegistrationAction.Register, Document("Meters")), new(RegistrationAction.Suspend, null),
            new(RegistrationAction.Resume, null),
            new(RegistrationAction.End, null)])
        {
            (await source.Propose(AdminCity.Author, change)).Refusal.ShouldBe(AdminRefusal.WrongStatus);
        }
        city.Store.Record.Select(act => act.Act).Where(act => act != AdminActions.Proposed).ShouldBe(
            [AdminActions.Registered, AdminActions.RegistrationSuspended, AdminActions.Registered, AdminActions.RegistrationResumed,
                AdminActions.RegistrationEnded]);
    }

    [Fact]
    public async Task A_second_proposal_replaces_the_first()
    {
        await using var city = await AdminCity.Start();
        var source = city.Registration(RegistrationKind.Source, Meters);
        var first = await Proposed(source, Document("Meters"));
        var second = await Proposed(source, Document("Other meters"));
        (await source.Approve(AdminCity.Berta, first.Hash)).Refusal.ShouldBe(AdminRefusal.HashDiffers);
        (await source.Approve(AdminCity.Berta, second.Hash)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_document_is_checked_as_it_is_proposed_and_as_it_is_approved()
    {
        await using var city = await AdminCity.Start();
        var service = city.Registration(RegistrationKind.Service, "garages");
        var broken = await service.Propose(AdminCity.Author, new(RegistrationAction.Register, Service("other-name", "2026-07-01")));
        (broken.Proposal, broken.Refusal).ShouldBe((null, AdminRefusal.Problems));
        broken.Problems.ShouldNotBeEmpty();

        var proposal = await Proposed(service, Service("garages", "2026-07-01"));
        city.Clock.Advance(TimeSpan.FromDays(30));
        var late = await service.Approve(AdminCity.Berta, proposal.Hash);
        late.Refusal.ShouldBe(AdminRefusal.Problems);
        late.Problems.ShouldHaveSingleItem().Pointer.ShouldBe("/lastDay");

        await Done(service, new(RegistrationAction.Register, Service("garages", "2027-07-01")));
        city.Store.Record.ShouldAllBe(act => act.Programme == AdminCity.Calm, "a service belongs to its programme's record");
    }

    [Fact]
    public async Task An_unreadable_change_is_refused()
    {
        await using var city = await AdminCity.Start(settings: new() { ["Publication:RegistrationBytesMax"] = "1024" });
        var source = city.Registration(RegistrationKind.Source, Meters);
        foreach (var change in (RegistrationChange[])[
            new(RegistrationAction.Register, null), new(RegistrationAction.Register, "[]"u8.ToArray()),
            new(RegistrationAction.Register, "{"u8.ToArray()),
            new(RegistrationAction.Register, Document(new string('x', 1024))), new(RegistrationAction.Suspend, Document("Meters")),
            new((RegistrationAction)9, null)])
        {
            (await source.Propose(AdminCity.Author, change)).Refusal.ShouldBe(AdminRefusal.NotReadable);
        }
        city.Store.Record.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("source/")]
    [InlineData("car/red")]
    [InlineData("Source/urn:x")]
    public async Task A_malformed_key_is_unknown(string key)
    {
        await using var city = await AdminCity.Start();
        var registration = city.Grains.GetGrain<IRegistrationGrain>(key);
        (await registration.Find()).ShouldBeNull();
        (await registration.Propose(AdminCity.Author, new(RegistrationAction.Register, Document("Meters")))).Refusal
            .ShouldBe(AdminRefusal.Unknown);
        (await registration.Approve(AdminCity.Berta, "")).Refusal.ShouldBe(AdminRefusal.Unknown);
    }

    [Fact]
    public async Task An_event_type_of_the_seed_is_found_and_gets_a_later_version()
    {
        await using var city = await AdminCity.Start();
        var type = city.Registration(RegistrationKind.EventType, "payment.paid");
        var seeded = (await type.Find())!;
        seeded.Status.ShouldBe(RegistrationStatus.Registered);
        var document = JsonNode.Parse(seeded.Document)!;
        document["version"] = 2;
        document["description"] = "Paid in full.";
        await Done(type, new(RegistrationAction.Register, Encoding.UTF8.GetBytes(document.ToJsonString())));
        city.Store.State.Documents.EventTypes.Single(other => other.Name == "payment.paid").Version.ShouldBe(2);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task A_crash_in_an_approval_ends_in_one_registration_and_one_act(int write, bool isLanded)
    {
        await using var city = await AdminCity.Start();
        var source = city.Registration(RegistrationKind.Source, Meters);
        var proposal = await Proposed(source, Document("Meters"));
        city.Storage.FailWrite(write, isLanded);
        await Should.ThrowAsync<Exception>(() => source.Approve(AdminCity.Berta, proposal.Hash));
        (await source.Approve(AdminCity.Berta, proposal.Hash)).Done.ShouldBeTrue();
        (await source.Find())!.Proposal.ShouldBeNull();
        city.Store.ActorsOf(AdminActions.Registered).ShouldBe([AdminCity.Berta]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_with_which_the_documents_cannot_be_read_is_discarded_and_the_registration_stays_usable(bool isCrash)
    {
        await using var city = await AdminCity.Start();
        var source = city.Registration(RegistrationKind.Source, Meters);
        var proposal = await Proposed(source, Document("Meters"));
        city.Store.Next = (AdminActions.Registered, MemoryProgrammeStore.Fault.Unreadable);
        if (isCrash) city.Storage.FailWrite(2, isLanded: false);
        if (isCrash) await Should.ThrowAsync<Exception>(() => source.Approve(AdminCity.Berta, proposal.Hash));
        else (await source.Approve(AdminCity.Berta, proposal.Hash)).Problems.Single().Code.ShouldBe(ProblemCode.ConflictsWithPublished);

        (await source.Find()).ShouldBeNull("nothing was registered, and the proposal is gone");
        city.Store.ActorsOf(AdminActions.ProposalDiscarded).ShouldBe([AdminActions.ByPlatform]);
        city.Store.ActorsOf(AdminActions.Registered).ShouldBeEmpty();
        city.Store.Next = default;
        await Done(source, new(RegistrationAction.Register, Document("Meters")));
    }

    [Fact]
    public async Task Concurrent_approvals_register_once()
    {
        await using var city = await AdminCity.Start(silos: 2);
        var source = city.Registration(RegistrationKind.Source, Meters);
        var proposal = await Proposed(source, Document("Meters"));
        var outcomes = await Task.WhenAll(((string[])["berta", "carla", "dora"]).Select(
            administrator => source.Approve(administrator, proposal.Hash)));
        outcomes.Count(outcome => outcome.Done).ShouldBe(1);
        city.Store.ActorsOf(AdminActions.Registered).Length.ShouldBe(1);
    }

    private static async Task<ProposalView> Proposed(IRegistrationGrain registration, byte[] document)
    {
        var outcome = await registration.Propose(AdminCity.Author, new(RegistrationAction.Register, document));
        outcome.Problems.ShouldBeEmpty();
        return outcome.Proposal.ShouldNotBeNull();
    }

    private static async Task<ProposalView> Done(IRegistrationGrain registration, RegistrationChange change)
    {
        var outcome = await registration.Propose(AdminCity.Author, change);
        outcome.Problems.ShouldBeEmpty();
        (await registration.Approve(AdminCity.Berta, outcome.Proposal.ShouldNotBeNull().Hash)).Done.ShouldBeTrue();
        return outcome.Proposal;
    }

    private static byte[] Document(string name)
    {
        var sample = JsonNode.Parse(SampleDocuments.Registrations)!["sources"]![0]!;
        sample["id"] = Meters;
        sample["name"] = name;
        return Encoding.UTF8.GetBytes(sample.ToJsonString());
    }

    private static byte[] Service(string id, string lastDay) => Encoding.UTF8.GetBytes(
        $$"""
        {"id":"{{id}}","programme":"calm","legalEntity":"Garages","purpose":"Places.","contact":"g@example.org","lastDay":"{{lastDay}}",
         "context":"mobility"}
        """);
}
