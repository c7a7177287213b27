using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Grants;

/// <summary>Routes by which participants give, list and revoke grants: permissions of a service to query one subject's score.</summary>
internal static class GrantRoutes
{
    private static readonly Fault UsesFault = new(
        null, "/uses", string.Create(CultureInfo.InvariantCulture, $"It must be from 1 to {GrantRequest.UsesMax}."));

    public static void MapGrants(this IEndpointRouteBuilder me)
    {
        var routes = me.MapGroup("{p:programme}/{n:int:range(0,31)}/grants");
        routes.MapPost("", Give).WithName("giveGrant").WithSummary("Let a service query the score, until revoked")
            .WithDescription(
                "The answer shows the grant's token once; the participant gives it to the service. `uses` limits the number of queries. A "
                + "query repeated within an answer's validity gets that answer and is not a further use.")
            .WithMetadata(new SmallBodyMetadata())
            .Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
        routes.MapGet("", List).WithName("listGrants").WithSummary("List the grants that have not ended").Refuses(401, 403, 404, 429, 503);
        routes.MapDelete("{id:length(1,64)}", Revoke).WithName("revokeGrant").WithSummary("Revoke a grant; it takes effect immediately")
            .Refuses(401, 403, 404, 429, 503);
    }

    private static async Task<Results<Created<NewGrantView>, ProblemResult>> Give(
        ProgrammeId p, int n, GrantRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!request.HasUsesInRange()) return new ProblemResult(Problem.MalformedRequest) { Errors = [UsesFault] };
        var outcome = await grains.GetGrain<IGrantGrain>(0).Give(new(caller.Name, p, n), request).WaitAsync(cancellationToken);
        return outcome switch
        {
            { Granted: { } granted } => TypedResults.Created($"/v1/me/subjects/{p}/{n}/grants/{granted.Id}", granted),
            { Refusal: GrantRefusal.ServiceUnknown } => new ProblemResult(Problem.ServiceUnknown),
            { Refusal: GrantRefusal.UntilInPast } => new ProblemResult(Problem.UntilInPast),
            { Refusal: GrantRefusal.TooManyGrants } => new ProblemResult(Problem.TooManyGrants),
            { Refusal: GrantRefusal.UsesOutOfRange } => new ProblemResult(Problem.MalformedRequest) { Errors = [UsesFault] },
            _ => new ProblemResult(Problem.NotFound),
        };
    }

    private static async Task<Results<Ok<ImmutableArray<GrantView>>, ProblemResult>> List(
        ProgrammeId p, int n, Caller caller, IdempotentCalls calls, CancellationToken cancellationToken) =>
        OwnedResults.Or404(await calls.Send((IEnrolmentGrain grain) => grain.Grants(new(caller.Name, p, n)), cancellationToken));

    private static async Task<Results<NoContent, ProblemResult>> Revoke(
        ProgrammeId p, int n, string id, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        OwnedResults.Or404(await grains.GetGrain<IEnrolmentGrain>(0).Revoke(new(caller.Name, p, n), id).WaitAsync(cancellationToken));
}
