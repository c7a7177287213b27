using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;
using Scoring.Hosting;
using Scoring.Registrations;

namespace Scoring.Frame;

/// <summary>
/// A platform with a programme in which every text that a city, a source or a service writes tries to be more than text. Administrators 1
/// to 3 have written and approved it.
/// </summary>
/// <param name="Portal">The platform, with a clock that tests set.</param>
/// <param name="Sample">A subject of a person.</param>
internal sealed partial record HostileCity(SharedPortal Portal, SampleSubject Sample) : IAsyncDisposable
{
    /// <summary>The person whose subject it is.</summary>
    public const string Person = "participant-2";

    /// <summary>The programme.</summary>
    public const string Programme = "hostile-texts";

    /// <summary>What each text begins with: markup in and out of an attribute, and marks that turn the direction of writing.</summary>
    public const string Attack = "\"'><script>harmed=1</script><img src=x onerror=harmed=1>@(7)\u202E\u2066 ";

    /// <summary>What a unit says, for which there is little room.</summary>
    public const string Unit = "'><i onload=x>\u202E";

    /// <summary>What the registrations of the programme say after the attack.</summary>
    public static readonly string[] Registered = ["Hostile source", "Hostile type", "Hostile reading"];

    /// <summary>The pages of its registrations.</summary>
    public static readonly string[] Registrations =
    [
        RegistrationAddress.Of(RegistrationKind.EventType, EventType), RegistrationAddress.OfChange(RegistrationKind.EventType, EventType),
        RegistrationAddress.Of(RegistrationKind.Source, Source), RegistrationAddress.OfChange(RegistrationKind.Source, Source),
        RegistrationAddress.Of(RegistrationKind.Service, Service), RegistrationAddress.OfChange(RegistrationKind.Service, Service),
    ];

    private const string Service = "hostile-desk";
    private const string EventType = "traffic.hostile";

    /// <summary>Starts the platform, publishes the programme and registers what sends to it and asks it. Enrols a subject.</summary>
    public static async Task<HostileCity> Start(SharedPortal shared)
    {
        var portal = await shared.StartWithClock();
        try
        {
            await Register(portal, RegistrationKind.EventType, EventType, NewEventType());
            await Register(portal, RegistrationKind.Source, Source, NewSource());
            await Publish(portal);
            await Register(portal, RegistrationKind.Service, Service, NewService());
            await Tell(portal);
            return new HostileCity(portal, await MakeSample(portal));
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    private static async Task<SampleSubject> MakeSample(SharedPortal portal)
    {
        var subject = await Enrol(portal, Person);
        await portal.Send(subject, EventType, ("reading", 7));
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
        draft["programme"]!["eventTypes"]!.AsArray().Add(EventType);
        draft["ruleSet"]!["rules"]!.AsArray().Add(NewRule());
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

    /// <summary>Tells about an incident. Its texts may not turn the direction of writing, so they have the rest of the attack.</summary>
    private static async Task Tell(SharedPortal portal)
    {
        var attack = Attack[..Attack.IndexOf('\u202E', StringComparison.Ordinal)];
        var proposed = await portal.Administrator(1).Incidents.Propose(
            Programme, new IncidentNotice(attack + "nature", attack + "contact", attack + "consequences", attack + "measures"));
        (await portal.Administrator(2).Incidents.Confirm(Programme, new ApprovalRequest(proposed.Hash))).Done.ShouldBeTrue();
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
}
