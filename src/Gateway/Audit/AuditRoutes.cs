using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Audit;

/// <summary>Routes of auditors. None lists, searches or ranks subjects, and the participant can see every access.</summary>
internal static class AuditRoutes
{
    public const int CountMax = 500; // the maximum of the grain's contract

    private static readonly string PageBounds = $"count must be from 1 to {CountMax}, and after at least 0.";

    public static void MapAudit(this IEndpointRouteBuilder audit)
    {
        audit.MapPost("/cases", OpenCase).WithName("openAuditCase")
            .WithSummary("Open a case, which the programme's public record lists")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 409, 413, 415, 422, 429, 503);
        audit.MapPost("/histories", History).WithName("readHistoryOf")
            .WithSummary("Read the history of one subject as of a turn, a day or a checkpoint")
            .WithDescription(
                "Name the subject by a query's reference, a contest, the participant's audit code, or a pick of a draw. The access is an "
                + "entry of the subject before the answer leaves. The same access on the same day is one entry. `Accept` chooses the "
                + "form: `application/json` (pages), `text/csv` (the same pages) or `application/zip` (the whole history, signed, with "
                + "proofs).")
            .Produces<HistoryResponse>().Produces<string>(StatusCodes.Status200OK, "text/csv")
            .Produces<Stream>(StatusCodes.Status200OK, "application/zip")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 413, 415, 429, 503)
            .WithRequestTimeout(RequestTimeouts.Export);
        audit.MapPost("/recomputations", Recompute).WithName("recompute")
            .WithSummary("Compute a score from the ledger alone and compare it with the live one")
            .WithDescription(
                "With a query's reference it computes the score of that query's answer; with any other name, the current score. It is an "
                + "access.")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 413, 415, 429, 503);
        audit.MapPost("/draws", AskDraw).WithName("askDraw").WithSummary("Ask for a sample of subjects, which the next checkpoint draws")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
        audit.MapGet("/draws/{draw:length(22)}", FindDraw).WithName("findDraw").WithSummary("Show a draw and the places drawn")
            .Refuses(401, 403, 404, 429, 503);
        audit.MapPost("/proofs", Prove).WithName("proveRecord").WithSummary("Read the programme's record with a proof for each act")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 413, 415, 429, 503);
        audit.MapPost("/ledgers", Ledger).WithName("readLedger").WithSummary("Read all leaves of the ledger, to verify them offline")
            .WithDescription(
                "Streams a zip archive: every leaf up to a checkpoint with its row's state (held, gone, padding or public), and the "
                + "content of public rows. It contains no personal data. `./run verify ledger` verifies it.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/zip")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 413, 415, 429, 503)
            .WithRequestTimeout(RequestTimeouts.Export);
    }

    /// <summary>Turns an audit's refusal into a problem.</summary>
    public static ProblemResult Refuse(AuditRefusal? refusal) => new(refusal switch
    {
        AuditRefusal.ProgrammeUnknown => Problem.ProgrammeUnknown,
        AuditRefusal.ExpiryOutOfRange => Problem.ExpiryOutOfRange,
        AuditRefusal.TooMany => Problem.TooManyAudits,
        AuditRefusal.CaseUnknown => Problem.CaseUnknown,
        _ => Problem.NotFound,
    });

    private static async Task<Results<Created<AuditCase>, ProblemResult>> OpenCase(
        AuditCaseRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await Grain(grains).OpenCase(caller.Name, request.Programme, request.Purpose, request.ExpiresOn)
            .WaitAsync(cancellationToken);
        return outcome.Case is { } opened ? TypedResults.Created((string?)null, opened) : Refuse(outcome.Refusal);
    }

    private static async Task<IResult> History(
        HistoryRequest request, HttpRequest http, Caller caller, HistoryDependencies dependencies, CancellationToken cancellationToken)
    {
        if (Fault(request.Subject, request.AsOf) is { } fault) return fault;
        if (request.Count is < 1 or > CountMax || request.After is < 0) return Malformed(PageBounds);
        var outcome = await Grain(dependencies.Grains).Look(caller.Name, request.Case, request.Subject, request.AsOf)
            .WaitAsync(cancellationToken);
        if (outcome.Look is not { } access) return Refuse(outcome.Refusal);
        if (Accepts(http, "application/zip")) return new HistoryArchiveResult(access, dependencies);
        return await HistoryResult.Of(access, request, Accepts(http, "text/csv"), dependencies, cancellationToken)
            ?? new ProblemResult(Problem.NotFound);
    }

    private static async Task<Results<Ok<Recomputation>, ProblemResult>> Recompute(
        RecomputationRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (Fault(request.Subject, null) is { } fault) return fault;
        var outcome = await Grain(grains).Recompute(caller.Name, request.Case, request.Subject).WaitAsync(cancellationToken);
        return outcome.Recomputation is { } recomputation ? TypedResults.Ok(recomputation) : Refuse(outcome.Refusal);
    }

    private static async Task<Results<Created<AuditDraw>, ProblemResult>> AskDraw(
        DrawRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (request.Count < 1) return Malformed("count must be at least 1.");
        var outcome = await Grain(grains).AskDraw(caller.Name, request.Case, request.Count).WaitAsync(cancellationToken);
        return outcome.Draw is { } draw ? TypedResults.Created($"/v1/audit/draws/{draw.Draw}", draw) : Refuse(outcome.Refusal);
    }

    private static async Task<Results<Ok<AuditDraw>, ProblemResult>> FindDraw(
        string draw, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await Grain(grains).FindDraw(caller.Name, draw).WaitAsync(cancellationToken);
        return outcome.Draw is { } found ? TypedResults.Ok(found) : Refuse(outcome.Refusal);
    }

    private static async Task<Results<Ok<ProvenRecordResponse>, ProblemResult>> Prove(
        RecordProofRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (request.Count is < 1 or > CountMax || request.After is < 0 || request.Checkpoint is < 1)
            return Malformed(PageBounds + " checkpoint must be at least 1.");
        var outcome = await Grain(grains)
            .ProveRecord(caller.Name, request.Case, request.Checkpoint, request.After ?? 0, request.Count ?? CountMax)
            .WaitAsync(cancellationToken);
        return outcome.Checkpoint is { } checkpoint
            ? TypedResults.Ok(ProvenRecordResponse.Of(checkpoint, outcome))
            : Refuse(outcome.Refusal);
    }

    private static async Task<IResult> Ledger(
        LedgerArchiveRequest request, Caller caller, HistoryDependencies dependencies, CancellationToken cancellationToken)
    {
        if (request.Checkpoint is < 1) return Malformed("checkpoint must be at least 1.");
        var checkpoint = await Grain(dependencies.Grains).BeginLedger(caller.Name, request.Case, request.Checkpoint)
            .WaitAsync(cancellationToken);
        return checkpoint is not null
            ? new LedgerArchiveResult(checkpoint, request.Case, dependencies)
            : new ProblemResult(Problem.CaseUnknown);
    }

    private static ProblemResult? Fault(NamedSubject subject, AsOf? asOf)
    {
        if (!subject.IsOne())
            return Malformed("subject must have exactly one of reference, contest, auditCode (22 characters each), or draw with pick.");
        return asOf?.IsOne() == false ? Malformed("asOf must have at most one of turn, day and checkpoint.") : null;
    }

    private static ProblemResult Malformed(string detail) => new(Problem.MalformedRequest) { Detail = detail };

    private static bool Accepts(HttpRequest request, string type) =>
        request.Headers.Accept.Any(accepted => accepted?.Split(',').Any(value =>
            value.Split(';')[0].Trim().Equals(type, StringComparison.OrdinalIgnoreCase)) == true);

    private static IAuditGrain Grain(IGrainFactory grains) => grains.GetGrain<IAuditGrain>(0);
}
