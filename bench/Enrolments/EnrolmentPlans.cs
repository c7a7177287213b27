using System.Text.Json;
using Scoring.Bench.Loads;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.Client;
using Scoring.Verify.Scores;

namespace Scoring.Bench.Enrolments;

/// <summary>The requests of participants: to enrol, each with real proofs, to give a grant, and to read the score.</summary>
public static class EnrolmentPlans
{
    /// <summary>How many enrolments one plan has at most: a proof is valid for minutes.</summary>
    public const int RequestsMax = 10_000;

    private const string Path = "/v1/me/subjects";

    /// <summary>Signs tokens and proofs, and returns the requests to enrol.</summary>
    public static LoadPlan Enrol(Session session, ProgrammeDocument programme, IReadOnlyList<Resident> joining, int parallel)
    {
        var ruleSet = programme.InForce(programme.Today).Hash;
        return Plan(session, joining, parallel, "POST", _ => Path, resident => JsonSerializer.SerializeToUtf8Bytes(
            new EnrolRequest(
                programme.Id, ruleSet,
                [.. resident.Handles.Select(handle =>
                    session.Credentials.HandleProof(handle.Source, handle.Token, programme.Id, resident.Participant))]),
            ScoringJson.Options));
    }

    /// <summary>Returns the requests to give a service one grant for each subject.</summary>
    public static LoadPlan Grant(Session session, IReadOnlyList<Resident> people, string service, int parallel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new GrantRequest(service), ScoringJson.Options);
        return Plan(session, people, parallel, "POST", resident => $"{PathOf(resident)}/grants", _ => body) with { KeepsBodies = true };
    }

    /// <summary>Returns the token of the grant in an answer.</summary>
    public static string GrantIn(LoadAnswer answer) =>
        JsonSerializer.Deserialize<NewGrantView>(answer.Body, ScoringJson.Options)!.Token;

    /// <summary>Returns the requests to read the explained score.</summary>
    public static LoadPlan Score(Session session, IReadOnlyList<Resident> people, int parallel) =>
        Plan(session, people, parallel, "GET", resident => $"{PathOf(resident)}/score", _ => []) with { KeepsBodies = true };

    private static string PathOf(Resident resident) => $"{Path}/{resident.Programme}/{resident.Ordinal}";

    private static LoadPlan Plan(
        Session session, IReadOnlyList<Resident> people, int parallel, string method, Func<Resident, string> path,
        Func<Resident, byte[]> body)
    {
        var address = session.Standalone.Address;
        return new LoadPlan(
            address, parallel,
            [.. people.Select(resident => RequestHead.Of(
                address, method, path(resident), session.Credentials.ParticipantToken(resident.Participant)))],
            [.. people.Select((resident, index) => new LoadRequest(index, body(resident)))]);
    }
}
