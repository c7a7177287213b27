using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Frame;

/// <summary>A programme in which every text that a city, a source or a service writes tries to be more than text.</summary>
internal static class HostileCity
{
    /// <summary>The programme.</summary>
    public const string Programme = "hostile-texts";

    /// <summary>What each text begins with: markup in and out of an attribute, and marks that turn the direction of writing.</summary>
    public const string Attack = "\"'><script>harmed=1</script><img src=x onerror=harmed=1>@(7)\u202E\u2066 ";

    private const int NameCharsMax = 80;

    private const string Service = "hostile-desk";

    private static readonly string[] TextMembers =
    [
        "name", "purpose", "description", "legalName", "legalEntity", "contact", "summary", "reason", "risk", "mitigation",
        "affectedGroups",
    ];

    /// <summary>Publishes the programme and registers its service, as three administrators do. Enrols a subject of a person.</summary>
    public static async Task<SampleSubject> Make(SharedPortal portal, string person)
    {
        await Publish(portal);
        await Register(portal);
        await Tell(portal);
        var subject = await Enrol(portal, person);
        await portal.Send(subject, "traffic.vehicle-check", ("result", "fail"));
        await portal.Send(subject, "traffic.vehicle-check", ("result", "pass"));
        var grant = await subject.Calls.GiveGrant(new GrantRequest(Service));
        await portal.Session.Api.As(portal.ServiceToken(Service)).Scores.Query(grant.Token);
        var events = (await subject.Calls.ReadHistory()).Entries.Where(entry => entry.Kind == Client.EntryKind.Event).ToArray();
        events.Length.ShouldBe(2);
        var contest = await subject.Calls.OpenContest(new Client.ContestRequest(events[0].Turn, Client.ContestGround.WrongValue));
        await portal.PutDraft(Programme, draft => draft["ruleSet"]!["summary"] = Spoiled("A second attack"));
        return new SampleSubject(subject, contest.Case, events[1].Turn, await SampleSubject.OpenAudit(portal, Programme));
    }

    private static async Task Publish(SharedPortal portal)
    {
        var draft = JsonNode.Parse(DraftFile.Next(
            await portal.Session.Platform.Published(ProgrammeNames.SafeDriver, CancellationToken.None), 1))!;
        Spoil(draft);
        draft["programme"]!["id"] = Programme;
        draft["ruleSet"]!["number"] = 1;
        var put = await DraftFile.Put(portal.Administrator(1), Encoding.UTF8.GetBytes(draft.ToJsonString()), CancellationToken.None);
        put.Problems.ShouldBeEmpty();
        var approval = new DraftApprovalRequest(put.Hash);
        await portal.Administrator(2).Administration.ApproveDraft(Programme, approval);
        (await portal.Administrator(3).Administration.ApproveDraft(Programme, approval)).Done.ShouldBeTrue();
        await portal.SetClock(Programme, portal.Now.AddDays(2));
    }

    private static async Task Register(SharedPortal portal)
    {
        var lastDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(300);
        var service = new JsonObject
        {
            ["id"] = Service, ["programme"] = Programme, ["context"] = "mobility", ["legalEntity"] = "A garage",
            ["purpose"] = "A car wash", ["contact"] = "desk@example.org",
            ["lastDay"] = lastDay.ToString("O", CultureInfo.InvariantCulture),
        };
        Spoil(service);
        var proposed = await portal.Administrator(1).Registrations.Propose(
            RegistrationKind.Service,
            new RegistrationProposal(RegistrationAction.Register, Document: JsonElement.Parse(service.ToJsonString())));
        await portal.Administrator(2).Registrations.Approve(RegistrationKind.Service, Service, new ApprovalRequest(proposed.Hash));
    }

    /// <summary>Tells about an incident. Its texts may not turn the direction of writing, so they have the rest of the attack.</summary>
    private static async Task Tell(SharedPortal portal)
    {
        var attack = Attack[..Attack.IndexOf('\u202E', StringComparison.Ordinal)];
        var proposed = await Administrator(portal, 1).Incidents.Propose(
            Programme, new IncidentNotice(attack + "nature", attack + "contact", attack + "consequences", attack + "measures"));
        (await Administrator(portal, 2).Incidents.Confirm(Programme, new ApprovalRequest(proposed.Hash))).Done.ShouldBeTrue();
    }

    private static async Task<EnrolledSubject> Enrol(SharedPortal portal, string person)
    {
        var session = portal.Session;
        var source = session.Standalone.Sources.Single(known => known.Family == City.Platform.EventFamily.Traffic);
        var handle = new Handle(source.Id, source.Family, "a-handle-of-the-hostile-programme");
        var resident = new Resident(Programme, person, portal.ParticipantOf(person), null, [handle]);
        var document = await session.Platform.Programme(Programme, CancellationToken.None);
        var proof = session.Credentials.HandleProof(source.Id, handle.Token, Programme, resident.Participant);
        var ordinal = await session.Platform.Enrol(portal.TokenOf(person), document, [proof], CancellationToken.None);
        return new EnrolledSubject(
            person, resident with { Ordinal = ordinal }, session.Api.As(portal.TokenOf(person)).Subjects.Of(Programme, ordinal));
    }

    /// <summary>Puts the attack before every text that people write. The names of tiers are words of a fixed form.</summary>
    private static void Spoil(JsonNode? node, string name = "")
    {
        switch (node)
        {
            case JsonObject members when name != "tiers":
                foreach (var (member, value) in members.ToArray())
                    if (IsText(member, value)) members[member] = Spoiled((string)value!);
                    else Spoil(value, member);
                break;
            case JsonArray list when name != "tiers":
                for (var i = 0; i < list.Count; i++)
                    if (IsText(name, list[i])) list[i] = Spoiled((string)list[i]!);
                    else Spoil(list[i], name);
                break;
        }
    }

    private static bool IsText(string name, JsonNode? value) =>
        value is JsonValue && value.GetValueKind() == JsonValueKind.String && TextMembers.Contains(name);

    private static string Spoiled(string text) => Attack + text[..Math.Min(text.Length, NameCharsMax - Attack.Length)].Trim();
}
