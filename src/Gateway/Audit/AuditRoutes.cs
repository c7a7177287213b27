using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Audit;

/// <summary>What auditors ask. Nothing here lists, searches or ranks, and every look is told to whom it is about.</summary>
internal static class AuditRoutes
{
    public const int CountMax = 500; // the contract's own bound

    public static void MapAudit(this IEndpointRouteBuilder audit)
    {
        audit.MapPost("/cases", OpenCase).WithName("openAuditCase")
            .WithSummary("Open a case, which stands in the programme's public record")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 409, 413, 415, 422, 429, 503);
        audit.MapPost("/histories", History).WithName("readHistoryOf")
            .WithSummary("The history of one subject, as of any turn, day or checkpoint")
            .WithDescription(
                "The subject is named by a query's reference, a contest, the participant's audit code, or a pick of a draw. The look is an entry "
                + "of their history before anything is answered; the same look on the same day is one entry. `application/json` (pages), "
                + "`text/csv` (the same page) or `application/zip` (the whole, signed and with proofs), as `Accept` says.")
            .Produces<HistoryResponse>().Produces<string>(StatusCodes.Status200OK, "text/csv")
            .Produces<Stream>(StatusCodes.Status200OK, "application/zip")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 413, 415, 429, 503)
            .WithRequestTimeout(RequestTimeouts.Export);
        audit.MapPost("/recomputations", Recompute).WithName("recompute").WithSummary("Work a score out anew and compare the live one")
            .WithDescription("By a query's reference, as that question was answered; by any other name, as of now. A look.")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 413, 415, 429, 503);
        audit.MapPost("/draws", AskDraw).WithName("askDraw").WithSummary("Draw subjects, fixed by the first checkpoint after this")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
        audit.MapGet("/draws/{draw:length(22)}", FindDraw).WithName("findDraw").WithSummary("How a draw stands, and the places drawn")
            .Refuses(401, 403, 404, 429, 503);
        audit.MapPost("/proofs", Prove).WithName("proveRecord").WithSummary("The programme's record with what proves each act")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 413, 415, 429, 503);
        audit.MapPost("/ledgers", Ledger).WithName("readLedger").WithSummary("The leaves of the whole ledger, to be checked offline")
            .WithDescription(
                "A zip archive, streamed: every leaf up to a checkpoint with what its row is (held, gone, filling), and what public rows say. "
                + "Nothing of anybody is in it. `./run verify ledger` checks it.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/zip")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 413, 415, 429, 503)
            .WithRequestTimeout(RequestTimeouts.Export);
    }

    /// <summary>Why something is refused.</summary>
    public static ProblemResult Refuse(AuditRefusal? refusal) => new(refusal switch
    {
        AuditRefusal.ProgrammeUnknown => Problem.ProgrammeUnknown,
        AuditRefusal.ExpiryOutOfRange => Problem.ExpiryOutOfRange,
        AuditRefusal.TooMany => Problem.TooManyAudits,
        AuditRefusal.CaseUnknown => Problem.CaseUnknown,
        _ => Problem.NotFound,
    });

    private static async Task<Results<Created<AuditCase>, ProblemResult>> OpenCase(
        AuditCaseRequest wish, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await Grain(grains).OpenCase(caller.Name, wish.Programme, wish.Purpose, wish.ExpiresOn).WaitAsync(cancellationToken);
        return outcome.Case is { } opened ? TypedResults.Created((string?)null, opened) : Refuse(outcome.Refusal);
    }

    private static async Task<IResult> History(
        HistoryRequest wish, HttpRequest request, Caller caller, HistoryDependencies parts, CancellationToken cancellationToken)
    {
        if (Fault(wish.Subject, wish.AsOf) is { } fault) return fault;
        if (wish.Count is < 1 or > CountMax || wish.After is < 0)
            return new ProblemResult(Problem.MalformedRequest) { Detail = $"count lies from 1 to {CountMax}, after is 0 or more." };
        var outcome = await Grain(parts.Grains).Look(caller.Name, wish.Case, wish.Subject, wish.AsOf).WaitAsync(cancellationToken);
        if (outcome.Look is not { } look) return Refuse(outcome.Refusal);
        if (Accepts(request, "application/zip")) return new HistoryArchiveResult(look, parts);
        return await HistoryResult.Of(look, wish, Accepts(request, "text/csv"), parts, cancellationToken)
            ?? new ProblemResult(Problem.NotFound);
    }

    private static async Task<Results<Ok<Recomputation>, ProblemResult>> Recompute(
        RecomputationRequest wish, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (Fault(wish.Subject, null) is { } fault) return fault;
        var outcome = await Grain(grains).Recompute(caller.Name, wish.Case, wish.Subject).WaitAsync(cancellationToken);
        return outcome.Recomputation is { } recomputation ? TypedResults.Ok(recomputation) : Refuse(outcome.Refusal);
    }

    private static async Task<Results<Created<AuditDraw>, ProblemResult>> AskDraw(
        DrawRequest wish, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (wish.Count < 1) return new ProblemResult(Problem.MalformedRequest) { Detail = "count is 1 or more." };
        var outcome = await Grain(grains).AskDraw(caller.Name, wish.Case, wish.Count).WaitAsync(cancellationToken);
        return outcome.Draw is { } draw ? TypedResults.Created($"/v1/audit/draws/{draw.Draw}", draw) : Refuse(outcome.Refusal);
    }

    private static async Task<Results<Ok<AuditDraw>, ProblemResult>> FindDraw(
        string draw, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await Grain(grains).FindDraw(caller.Name, draw).WaitAsync(cancellationToken);
        return outcome.Draw is { } found ? TypedResults.Ok(found) : Refuse(outcome.Refusal);
    }

    private static async Task<Results<Ok<ProvenRecordResponse>, ProblemResult>> Prove(
        RecordProofRequest wish, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (wish.Count is < 1 or > CountMax || wish.After is < 0 || wish.Checkpoint is < 1)
            return new ProblemResult(Problem.MalformedRequest) { Detail = $"count lies from 1 to {CountMax}, after is 0 or more." };
        var outcome = await Grain(grains)
            .ProveRecord(caller.Name, wish.Case, wish.Checkpoint, wish.After ?? 0, wish.Count ?? CountMax).WaitAsync(cancellationToken);
        return outcome.Checkpoint is { } checkpoint
            ? TypedResults.Ok(ProvenRecordResponse.Of(checkpoint, outcome))
            : Refuse(outcome.Refusal);
    }

    private static async Task<IResult> Ledger(
        LedgerArchiveRequest wish, Caller caller, HistoryDependencies parts, CancellationToken cancellationToken)
    {
        if (wish.Checkpoint is < 1) return new ProblemResult(Problem.MalformedRequest) { Detail = "checkpoint is 1 or more." };
        return await Grain(parts.Grains).BeginLedger(caller.Name, wish.Case, wish.Checkpoint).WaitAsync(cancellationToken) is { } checkpoint
            ? new LedgerArchiveResult(checkpoint, wish.Case, parts)
            : new ProblemResult(Problem.CaseUnknown);
    }

    private static ProblemResult? Fault(NamedSubject subject, AsOf? asOf)
    {
        if (!subject.IsOne())
        {
            return new ProblemResult(Problem.MalformedRequest)
            {
                Detail = "subject is exactly one of reference, contest, auditCode (22 characters each), or draw with pick.",
            };
        }
        return asOf?.IsOne() == false
            ? new ProblemResult(Problem.MalformedRequest) { Detail = "asOf is at most one of turn, day, checkpoint." }
            : null;
    }

    private static bool Accepts(HttpRequest request, string type) =>
        request.Headers.Accept.Any(accepted => accepted?.Split(',').Any(one =>
            one.Split(';')[0].Trim().Equals(type, StringComparison.OrdinalIgnoreCase)) == true);

    private static IAuditGrain Grain(IGrainFactory grains) => grains.GetGrain<IAuditGrain>(0);
}

/// <summary>A wish for a case.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Purpose">Why.</param>
/// <param name="ExpiresOn">Its last day.</param>
internal sealed record AuditCaseRequest(ProgrammeId Programme, AuditPurpose Purpose, DateOnly ExpiresOn);

/// <summary>A wish for a history.</summary>
/// <param name="Case">The case.</param>
/// <param name="Subject">Whose, by a name.</param>
/// <param name="AsOf">As of when; now when left out.</param>
/// <param name="After">Only turns above this.</param>
/// <param name="Count">How many entries at most, 1 to 500.</param>
internal sealed record HistoryRequest(string Case, NamedSubject Subject, AsOf? AsOf = null, long? After = null, int? Count = null);

/// <summary>A wish for a recomputation.</summary>
/// <param name="Case">The case.</param>
/// <param name="Subject">Whose, by a name.</param>
internal sealed record RecomputationRequest(string Case, NamedSubject Subject);

/// <summary>A wish for a draw.</summary>
/// <param name="Case">The case.</param>
/// <param name="Count">How many subjects.</param>
internal sealed record DrawRequest(string Case, int Count);

/// <summary>A wish for a proven record.</summary>
/// <param name="Case">The case.</param>
/// <param name="Checkpoint">The checkpoint; the latest when left out.</param>
/// <param name="After">Only acts with numbers above this.</param>
/// <param name="Count">How many at most, 1 to 500.</param>
internal sealed record RecordProofRequest(string Case, long? Checkpoint = null, long? After = null, int? Count = null);

/// <summary>A wish for the ledger's leaves.</summary>
/// <param name="Case">The case.</param>
/// <param name="Checkpoint">The checkpoint; the latest when left out.</param>
internal sealed record LedgerArchiveRequest(string Case, long? Checkpoint = null);

/// <summary>
/// A programme's record with what proves it. Every act is a public entry of partition 0: its leaf's nonce, key, subject and turn are zeros.
/// </summary>
/// <param name="Note">The checkpoint.</param>
/// <param name="Acts">In ascending numbers.</param>
/// <param name="After">Ask for acts after this to go on; <see langword="null"/> at the end.</param>
internal sealed record ProvenRecordResponse(string Note, ImmutableArray<ProvenActionResponse> Acts, long? After)
{
    public static ProvenRecordResponse Of(Checkpoints.Checkpoint checkpoint, ProvenRecordOutcome outcome) => new(
        checkpoint.Note,
        [.. outcome.Acts.Select(act => new ProvenActionResponse(
            act.Number, act.Position, act.Day, System.Text.Encoding.UTF8.GetString(act.Body), Convert.ToHexStringLower(act.Leaf),
            act.Path is { } path ? [.. path.Select(Convert.ToHexStringLower)] : null))],
        outcome.After);
}

/// <summary>An act and what proves it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Position">Its position in partition 0.</param>
/// <param name="Day">Its entry's day.</param>
/// <param name="Body">Its entry's body, the very text that is hashed.</param>
/// <param name="Leaf">Its leaf, in hexadecimal digits.</param>
/// <param name="Path">Its way to the root; <see langword="null"/> when it is newer than the checkpoint.</param>
internal sealed record ProvenActionResponse(
    long Number, long Position, DateOnly Day, string Body, string Leaf, ImmutableArray<string>? Path);
