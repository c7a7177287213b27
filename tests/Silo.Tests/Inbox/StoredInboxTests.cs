using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Administration;
using Scoring.Contests;
using Scoring.Storage;

namespace Scoring.Inbox;

/// <summary>Lists and inboxes read what the grains wrote to grain storage on a real PostgreSQL.</summary>
public sealed class StoredInboxTests(StoredStateSilo silo) : IClassFixture<StoredStateSilo>
{
    private const string Bike = "traffic.bicycle";

    private IGrainFactory Grains => silo.Services.GetRequiredService<IGrainFactory>();

    private IGrainStateReader States => silo.Services.GetRequiredService<IGrainStateReader>();

    [Fact]
    public async Task A_proposal_is_in_every_inbox_but_its_authors_until_it_is_approved()
    {
        var hash = await Propose(Bike, "author");
        (await Inbox("author")).ShouldNotContain(item => item.Name == Bike);
        var item = (await Inbox("second")).Single(item => item.Name == Bike);
        (item.Kind, item.Task, item.Hash, item.Registration).ShouldBe(
            (InboxKind.Proposal, InboxTask.Approve, hash, RegistrationKind.EventType));
        (await Grains.GetGrain<IRegistrationGrain>("event-type/" + Bike).Approve("second", hash)).Done.ShouldBeTrue();
        (await Inbox("third")).ShouldNotContain(item => item.Name == Bike);
    }

    [Fact]
    public async Task Only_states_that_have_the_member_are_read_and_every_one_is_on_one_page()
    {
        string[] names = ["traffic.page-a", "traffic.page-b", "traffic.page-c"];
        foreach (var name in names) await Propose(name, "author");
        var approved = Grains.GetGrain<IRegistrationGrain>("event-type/traffic.page-b");
        var hash = (await approved.Find()).ShouldNotBeNull().Proposal.ShouldNotBeNull().Hash;
        (await approved.Approve("second", hash)).Done.ShouldBeTrue();
        (await Keys("event-type/traffic.page", "", 10, null)).ShouldBe([.. names.Select(name => "event-type/" + name)]);
        (await Keys("event-type/traffic.page", "", 10, "Proposal")).ShouldBe(["event-type/traffic.page-a", "event-type/traffic.page-c"]);
        (await Keys("event-type/traffic.page", "event-type/traffic.page-a", 1, null)).ShouldBe(["event-type/traffic.page-b"]);
        (await Keys("source/", "", 10, null)).ShouldBeEmpty();
        var state = (await States.Read<RegistrationState>(
            new StateQuery("registration", "event-type/traffic.page-a", "", 1), CancellationToken.None)).Single().State;
        state.Proposal.ShouldNotBeNull().Author.ShouldBe("author");
    }

    [Fact]
    public async Task The_list_of_programmes_has_the_seeded_ones_and_a_draft_of_a_new_one()
    {
        (await Grains.GetGrain<IProgrammeAdminGrain>("a-new-one").Draft("author", "{}"u8.ToArray(), true)).Draft.ShouldNotBeNull();
        var page = await Grains.GetGrain<IAdminListGrain>(0).Programmes("author", "", 100);
        var names = page.Programmes.Select(programme => programme.Programme.Value).ToArray();
        names.ShouldBe(names.Order(StringComparer.Ordinal));
        names.ShouldContain(Some.Programme.Value);
        var drafted = page.Programmes.Single(programme => programme.Programme.Value == "a-new-one");
        drafted.Status.ShouldBe(ProgrammeStatus.Drafted);
        (drafted.Draft.ShouldNotBeNull().IsAuthor, drafted.Draft.MayApprove).ShouldBe((true, false));
    }

    private async Task<string> Propose(string name, string author)
    {
        var document = Encoding.UTF8.GetBytes($$"""
            {"name":"{{name}}","family":"traffic","origin":"initiated","context":"mobility","description":"A \"Proposal\": ride.",
             "attributes":[]}
            """);
        return (await Grains.GetGrain<IRegistrationGrain>("event-type/" + name)
            .Propose(author, new RegistrationChange(RegistrationAction.Register, document))).Proposal.ShouldNotBeNull().Hash;
    }

    private async Task<InboxItem[]> Inbox(string administrator) =>
        [.. (await Grains.GetGrain<IInboxGrain>(0).Read(new CaseReviewer(administrator, []))).Items];

    private async Task<string[]> Keys(string prefix, string after, int count, string? member) =>
        [.. (await States.Read<RegistrationState>(new StateQuery("registration", prefix, after, count, member), CancellationToken.None))
            .Select(row => row.Key)];
}
