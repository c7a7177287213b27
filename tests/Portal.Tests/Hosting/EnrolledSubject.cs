using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;
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
}
