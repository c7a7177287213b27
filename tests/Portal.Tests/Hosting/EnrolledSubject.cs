using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;
using EventFamily = Scoring.City.Platform.EventFamily;
using Scoring.Testing;

namespace Scoring.Hosting;

/// <summary>A subject that a made-up person has enrolled without the portal, so that a test begins where it wants to.</summary>
/// <param name="Person">The person's id at the development issuer.</param>
/// <param name="Resident">The subject and its handles.</param>
/// <param name="Calls">The person's calls about it.</param>
internal sealed record EnrolledSubject(string Person, Resident Resident, SubjectClient Calls)
{
    /// <summary>The address of its first page.</summary>
    public string Path => $"/my/{Resident.Programme}/{Resident.Ordinal}";
}

/// <summary>Enrols subjects of made-up people.</summary>
internal static class Enrolling
{
    private static int _number;

    public static async Task<EnrolledSubject> Enrol(
        this SharedPortal portal, string person, string programme = ProgrammeNames.SafeDriver)
    {
        var token = portal.TokenOf(person);
        var participant = RelyingParty.Claims(token).GetProperty("sub").GetString()!;
        var drawn = portal.Session.Residents.Draw(programme, $"{person}-{Interlocked.Increment(ref _number)}");
        var document = await portal.Session.Platform.Programme(programme, CancellationToken.None);
        var enrolled = await portal.Session.Residents.Enrol(
            document, [drawn with { Participant = participant }], _ => { }, CancellationToken.None);
        return new EnrolledSubject(
            person, enrolled[0], portal.Session.Api.As(token).Subjects.Of(programme, enrolled[0].Ordinal!.Value));
    }

    /// <summary>Sends an event of now about one of the subject's handles, as its source.</summary>
    public static Task Send(
        this SharedPortal portal, EnrolledSubject subject, string type, params (string Name, object Value)[] attributes)
    {
        var family = type.StartsWith("traffic.", StringComparison.Ordinal) ? EventFamily.Traffic : EventFamily.Surveillance;
        var handle = subject.Resident.Handles.First(handle => handle.Family == family);
        return portal.Send(subject.Resident.Programme, handle.Source, handle.Token, type, attributes);
    }

    /// <summary>Sends an event of now about a handle, as its source.</summary>
    public static Task Send(
        this SharedPortal portal, string programme, string source, string handle, string type,
        params (string Name, object Value)[] attributes)
    {
        var token = portal.Session.Standalone.Sources.Single(known => known.Id == source).Token;
        var data = new CloudEventData(programme, handle) { Attributes = attributes.ToDictionary(each => each.Name, each => each.Value) };
        return portal.Session.Api.As(token).Events.Send(
            new CloudEvent(Guid.NewGuid().ToString(), source, type, TimeProvider.System.GetUtcNow(), data));
    }

    /// <summary>Queries a score with a grant, as the service that has it.</summary>
    public static Task<ScoreAnswer> Query(this SharedPortal portal, string grant, string service = "parking-desk") =>
        portal.Session.Api.As(portal.Session.Standalone.Services.Single(known => known.Id == service).Token).Scores.Query(grant);
}
