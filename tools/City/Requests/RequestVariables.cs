using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.City.Requests;

/// <summary>
/// Creates the values that the files in <c>requests/</c> need and that the repository cannot hold: the platform's address, access tokens,
/// and a new synthetic participant with proofs of two handles.
/// </summary>
public static class RequestVariables
{
    /// <summary>
    /// The programme for which the requests draft a version. The contest is in another programme, so that its judge stays independent.
    /// </summary>
    public const string DraftProgramme = ProgrammeNames.FairPayer;

    /// <summary>How many days from today the draft's first day is. Participants must get 14 days of notice.</summary>
    public const int NoticeDays = 15;

    /// <summary>How many days after today the draft's assessment is reviewed.</summary>
    public const int ReviewDays = 300;

    /// <summary>How many days an audit case of the requests lasts.</summary>
    public const int CaseDays = 1;

    // Events count from the enrolment, which comes later than these values. An event may be dated at most 5 minutes ahead.
    private static readonly TimeSpan EventLead = Credentials.ProofLife - TimeSpan.FromSeconds(5);

    /// <summary>Returns the values by name. Each call creates a new participant, so the requests can be repeated.</summary>
    /// <param name="standalone">The running platform.</param>
    /// <param name="credentials">Issues the participant's token and the proofs.</param>
    /// <param name="published">The public document of <see cref="DraftProgramme"/>.</param>
    /// <param name="time">The machine's clock.</param>
    /// <exception cref="CityException">The standalone file lacks a source, a service or a token.</exception>
    public static IReadOnlyDictionary<string, string> Make(
        StandaloneFile standalone, Credentials credentials, JsonElement published, TimeProvider time)
    {
        const string programme = ProgrammeNames.SafeDriver;
        var participant = "tour-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        var traffic = SourceOf(standalone, EventFamily.Traffic);
        var cameras = SourceOf(standalone, EventFamily.Surveillance);
        var service = standalone.Services.FirstOrDefault(candidate => candidate.Programme == programme)
            ?? throw new CityException($"The standalone file names no service of {programme}.");
        var handle = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var cameraHandle = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var (number, firstDay, today) = NextVersion(published);
        var now = time.GetUtcNow();
        return new Dictionary<string, string>
        {
            ["address"] = standalone.Address.GetLeftPart(UriPartial.Authority),
            ["participantToken"] = credentials.ParticipantToken(participant),
            ["sourceToken"] = traffic.Token,
            ["serviceToken"] = service.Token,
            ["auditorToken"] = standalone.AuditorToken,
            ["administrator1Token"] = standalone.AdministratorToken(1),
            ["administrator2Token"] = standalone.AdministratorToken(2),
            ["administrator3Token"] = standalone.AdministratorToken(3),
            ["handle"] = handle,
            ["handleProof"] = credentials.HandleProof(traffic.Id, handle, programme, participant),
            ["cameraHandleProof"] = credentials.HandleProof(cameras.Id, cameraHandle, programme, participant),
            ["eventTime"] = (now + EventLead).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["draftNumber"] = number.ToString(CultureInfo.InvariantCulture),
            ["draftFirstDay"] = Text(firstDay),
            ["draftReviewBy"] = Text(today.AddDays(ReviewDays)),
            ["caseEndsOn"] = Text(DateOnly.FromDateTime(now.UtcDateTime).AddDays(CaseDays)),
        };
    }

    private static DevelopmentSource SourceOf(StandaloneFile standalone, EventFamily family) =>
        standalone.Sources.FirstOrDefault(source => source.Family == family)
            ?? throw new CityException($"The standalone file names no source of {family} events.");

    /// <summary>Returns a number and a first day after those of the last published version.</summary>
    private static (int Number, DateOnly FirstDay, DateOnly Today) NextVersion(JsonElement published)
    {
        var today = Day(published, "today");
        var last = published.GetProperty("ruleSets").EnumerateArray().Last();
        var afterNotice = today.AddDays(NoticeDays);
        var afterLast = Day(last, "firstDay").AddDays(1);
        return (last.GetProperty("number").GetInt32() + 1, afterNotice > afterLast ? afterNotice : afterLast, today);
    }

    private static DateOnly Day(JsonElement of, string member) =>
        DateOnly.ParseExact(of.GetProperty(member).GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
