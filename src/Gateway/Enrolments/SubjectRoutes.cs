using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Enrolments;

/// <summary>Routes by which participants enrol, read and withdraw their own subjects.</summary>
internal static class SubjectRoutes
{
    private const int HistoryCountMax = 500; // the maximum of the grain's contract
    private const int DaysCountDefault = 90;

    public static void MapSubjects(this IEndpointRouteBuilder me)
    {
        me.MapGet("", List).WithName("listSubjects").WithSummary("List one's own subjects in a programme").Refuses(400, 401, 403, 429, 503);
        me.MapPost("", Enrol).WithName("enrol").WithSummary("Enrol under the rule set in force")
            .WithDescription(
                "The rule set's hash says which rules were shown. Each handle needs a proof signed by its source. With `renews` the "
                + "participant renews consent for that subject: the request then has no proofs, and nothing else of the subject changes. "
                + "Both require a token whose claim `age_over_18` is true.")
            .WithMetadata(new SmallBodyMetadata())
            .Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
        me.MapGet("{p:programme}/{n:int:range(0,31)}", Find)
            .WithName("findSubject").WithSummary("Show one subject").Refuses(401, 403, 404, 429, 503);
        me.MapDelete("{p:programme}/{n:int:range(0,31)}", Withdraw)
            .WithName("withdraw").WithSummary("Withdraw and erase everything; complete when it answers")
            .WithDescription("Repeating the request is harmless: when nothing is left, the answer is 404.")
            .Refuses(401, 403, 404, 429, 503)
            .WithRequestTimeout(RequestTimeouts.Withdrawal);
        me.MapGet("{p:programme}/{n:int:range(0,31)}/score", Score)
            .WithName("explainScore").WithSummary("Explain the score")
            .WithDescription("A history that is too long for one answer is refused with 409. The archive explains it.")
            .Refuses(401, 403, 404, 409, 429, 503);
        me.MapGet("{p:programme}/{n:int:range(0,31)}/score/days", Days)
            .WithName("listScoreDays").WithSummary("List the score day by day, up to today")
            .WithDescription(
                "It begins at the enrolment, or later when entries have expired that counted then. An entry counts on its own day, also "
                + "when it arrived later; contests and corrections count as they stand now.")
            .Refuses(400, 401, 403, 404, 409, 429, 503);
        me.MapGet("{p:programme}/{n:int:range(0,31)}/history", History).WithName("readHistory")
            .WithSummary("List every entry, newest first")
            .Refuses(400, 401, 403, 404, 429, 503);
        me.MapGet("{p:programme}/{n:int:range(0,31)}/receipt", Receipt).WithName("readReceipt")
            .WithSummary("Show the signed consent record")
            .Refuses(401, 403, 404, 429, 503);
    }

    private static async Task<Ok<ImmutableArray<SubjectView>>> List(
        Caller caller, ProgrammeId programme, IdempotentCalls calls, CancellationToken cancellationToken) =>
        TypedResults.Ok(await calls.Send((IEnrolmentGrain grain) => grain.List(caller.Name, programme), cancellationToken));

    private static async Task<Results<Created<EnrolledView>, Ok<EnrolledView>, ProblemResult>> Enrol(
        EnrolRequest request, Caller caller, IGrainFactory grains, IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        if (!caller.IsAdult) return new ProblemResult(Problem.AdultsOnly);
        if (EnrolRequestValidator.Faults(request, limits.Value) is { IsEmpty: false } faults)
            return new ProblemResult(Problem.MalformedRequest) { Errors = faults };

        var outcome = await Enrolment(grains).Enrol(caller.Name, request).WaitAsync(cancellationToken);
        return outcome switch
        {
            { Enrolled: { } renewed } when request.Renews is not null => TypedResults.Ok(renewed),
            { Enrolled: { } enrolled } => TypedResults.Created($"/v1/me/subjects/{request.Programme}/{enrolled.Ordinal}", enrolled),
            { Refusal: EnrolRefusal.RuleSetNotInForce } => new ProblemResult(Problem.RuleSetNotInForce),
            { Refusal: EnrolRefusal.ProofRefused } => new ProblemResult(Problem.ProofRefused),
            { Refusal: EnrolRefusal.TooManySubjects } => new ProblemResult(Problem.TooManySubjects),
            { Refusal: EnrolRefusal.SubjectUnknown } => new ProblemResult(Problem.NotFound),
            _ => new ProblemResult(Problem.ProgrammeUnknown),
        };
    }

    private static async Task<Results<Ok<SubjectView>, ProblemResult>> Find(
        ProgrammeId p, int n, Caller caller, IdempotentCalls calls, CancellationToken cancellationToken) =>
        OwnedResults.Or404(await calls.Send((IEnrolmentGrain grain) => grain.Find(new(caller.Name, p, n)), cancellationToken));

    private static async Task<Results<Ok<WithdrawalView>, ProblemResult>> Withdraw(
        ProgrammeId p, int n, Caller caller, HttpContext context, IGrainFactory grains, CancellationToken cancellationToken) =>
        OwnedResults.Or404(
            await Enrolment(grains).Withdraw(new(caller.Name, p, n), BearerTokens.Hash(context)).WaitAsync(cancellationToken));

    private static async Task<Results<Ok<Explanation>, ProblemResult>> Score(
        ProgrammeId p, int n, Caller caller, IdempotentCalls calls, CancellationToken cancellationToken) =>
        OwnedResults.Or404(await calls.Send((IEnrolmentGrain grain) => grain.Score(new(caller.Name, p, n)), cancellationToken));

    private static async Task<Results<Ok<ScoreDays>, ProblemResult>> Days(
        ProgrammeId p, int n, int? count, Caller caller, IdempotentCalls calls, CancellationToken cancellationToken)
    {
        var size = count ?? DaysCountDefault;
        if (size is < 1 or > ScoreDays.CountMax)
            return new ProblemResult(Problem.MalformedRequest) { Detail = $"count must be from 1 to {ScoreDays.CountMax}." };
        return OwnedResults.Or404(
            await calls.Send((IScoreDaysGrain grain) => grain.Read(new(caller.Name, p, n), size), cancellationToken));
    }

    private static async Task<Results<Ok<HistoryPage>, ProblemResult>> History(
        ProgrammeId p, int n, long? below, int? count, Caller caller, IdempotentCalls calls, IOptions<GatewayLimits> limits,
        CancellationToken cancellationToken)
    {
        var size = count ?? limits.Value.HistoryCountDefault;
        if (size is < 1 or > HistoryCountMax || below < 1)
            return new ProblemResult(Problem.MalformedRequest)
                { Detail = $"count must be from 1 to {HistoryCountMax}, and below at least 1." };
        return OwnedResults.Or404(
            await calls.Send((IEnrolmentGrain grain) => grain.History(new(caller.Name, p, n), below, size), cancellationToken));
    }

    private static async Task<Results<Ok<ReceiptResponse>, ProblemResult>> Receipt(
        ProgrammeId p, int n, Caller caller, IdempotentCalls calls, CancellationToken cancellationToken) =>
        OwnedResults.Or404(
            await calls.Send((IEnrolmentGrain grain) => grain.Receipt(new(caller.Name, p, n)), cancellationToken) is { } jws
                ? new ReceiptResponse(jws)
                : null);

    private static IEnrolmentGrain Enrolment(IGrainFactory grains) => grains.GetGrain<IEnrolmentGrain>(0);
}

/// <summary>A participant's consent record.</summary>
/// <param name="Receipt">A compact JWS.</param>
internal sealed record ReceiptResponse(string Receipt);
