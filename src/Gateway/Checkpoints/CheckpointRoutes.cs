using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Checkpoints;

/// <summary>Public routes of the Merkle logs: checkpoints, proofs that one extends another, and witnesses' cosignatures.</summary>
internal static class CheckpointRoutes
{
    private const string Text = "text/plain";

    public static void MapCheckpoints(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/v1/checkpoints").WithTags("Checkpoints").AllowAnonymous()
            .WithMetadata(new RequestPoolMetadata(RequestPool.Proofs));
        routes.MapGet("latest", Latest).WithName("latestCheckpoint").WithSummary("Show the latest checkpoint, a signed note")
            .WithDescription(
                "A note in the form of C2SP tlog-checkpoint: origin, number and root of the log of checkpoints, the instant at which it "
                + "was made, the ledger's incarnation, and the size and root of every partition's log.")
            .Produces<string>(StatusCodes.Status200OK, Text).Refuses(404, 429, 503);
        routes.MapGet("{number:long:min(1)}", Find).WithName("findCheckpoint")
            .WithSummary("Show one checkpoint, with its witnesses' cosignatures")
            .WithDescription("A note as of `latestCheckpoint`, with a line for each cosignature that the platform keeps.")
            .Produces<string>(StatusCodes.Status200OK, Text).Refuses(404, 429, 503);
        routes.MapGet("consistency", Consistency).WithName("readConsistency")
            .WithSummary("Prove that a checkpoint extends an earlier one").Refuses(400, 404, 429, 503)
            .WithDescription(
                "Consistency proofs by RFC 9162, section 2.1.4, for the log of checkpoints and for each partition. Hashes are in "
                + "hexadecimal digits. A proof can be cached.")
            .WithMetadata(new CachedProofMetadata());
        routes.MapGet("keys", Keys).WithName("readCheckpointKeys").WithSummary("List the public keys of checkpoints, one a line")
            .WithDescription("Verifier keys by C2SP signed-note: the current key first, then earlier ones, then those of witnesses.")
            .Produces<string>(StatusCodes.Status200OK, Text).Refuses(429, 503);
        routes.MapPost("{number:long:min(1)}/witnesses", Witness).WithName("witnessCheckpoint")
            .WithSummary("Get a checkpoint with its proof, and leave a cosignature")
            .WithDescription(
                "`from` is the number of the last checkpoint that the witness saw, or 0 for none. The platform keeps the cosignature of a "
                + "known witness: a signature line by C2SP tlog-cosignature over the note's text.")
            .WithMetadata(new WitnessBodyMetadata(), new RequestPoolMetadata(RequestPool.Witnesses))
            .Refuses(400, 404, 408, 413, 415, 422, 429, 503);
    }

    private static async Task<IResult> Latest(IdempotentCalls calls, CancellationToken cancellationToken) =>
        Note(await calls.Send((ICheckpointGrain grain) => grain.Latest(), cancellationToken));

    private static async Task<IResult> Find(long number, IdempotentCalls calls, CancellationToken cancellationToken) =>
        Note(await calls.Send((ICheckpointGrain grain) => grain.Find(number), cancellationToken));

    private static async Task<Results<Ok<ConsistencyResponse>, ProblemResult>> Consistency(
        long from, long to, ProofCache proofs, IdempotentCalls calls, CancellationToken cancellationToken)
    {
        if (from < 1 || to < from)
            return new ProblemResult(Problem.MalformedRequest) { Detail = "from must be at least 1, and to at least from." };
        return await proofs.Consistency(from, to, calls, cancellationToken) is { } proof
            ? TypedResults.Ok(proof)
            : new ProblemResult(Problem.NotFound);
    }

    private static async Task<IResult> Keys(IdempotentCalls calls, CancellationToken cancellationToken)
    {
        var keys = await calls.Send((ICheckpointGrain grain) => grain.Keys(), cancellationToken);
        return TypedResults.Text(string.Concat(keys.Select(key => key + "\n")), Text);
    }

    private static async Task<Results<Ok<WitnessResponse>, ProblemResult>> Witness(
        long number, WitnessRequest request, ProofCache proofs, IdempotentCalls calls, CancellationToken cancellationToken)
    {
        if (request.From < 0 || request.From > number)
            return new ProblemResult(Problem.MalformedRequest) { Detail = "from must be from 0 to the checkpoint's own number." };
        var proof = request.From == 0 ? null : await proofs.Consistency(request.From, number, calls, cancellationToken);
        if (request.From != 0 && proof is null) return new ProblemResult(Problem.NotFound);
        // The proof comes from the cache, so the grain is not asked for one.
        var outcome = await calls.Send((ICheckpointGrain grain) => grain.Witness(number, 0, request.Cosignature), cancellationToken);
        return outcome switch
        {
            { Checkpoint: { } checkpoint } => TypedResults.Ok(new WitnessResponse(checkpoint.Note, proof, outcome.IsKept)),
            { Refusal: WitnessRefusal.NotACosignature } => new ProblemResult(Problem.CosignatureRefused),
            _ => new ProblemResult(Problem.NotFound),
        };
    }

    private static IResult Note(Checkpoint? checkpoint) =>
        checkpoint is null ? new ProblemResult(Problem.NotFound) : TypedResults.Text(checkpoint.Note, Text);
}

/// <summary>A witness's request.</summary>
/// <param name="From">The number of the last checkpoint that the witness saw; 0 for none.</param>
/// <param name="Cosignature">The witness's signature line over this checkpoint; <see langword="null"/> to only get the checkpoint.</param>
internal sealed record WitnessRequest(long From, string? Cosignature = null);

/// <summary>The answer to a witness.</summary>
/// <param name="Note">The checkpoint's signed note.</param>
/// <param name="Consistency">Proves that it extends the one the witness saw; <see langword="null"/> when the witness saw none.</param>
/// <param name="IsKept">Whether the platform keeps the cosignature.</param>
internal sealed record WitnessResponse(string Note, ConsistencyResponse? Consistency, bool IsKept);

/// <summary>Proves that a checkpoint extends an earlier one. Hashes are in lower-case hexadecimal digits.</summary>
/// <param name="From">The number of the earlier checkpoint.</param>
/// <param name="To">The number of the later checkpoint.</param>
/// <param name="Proof">The consistency proof of the log of checkpoints.</param>
/// <param name="Partitions">The consistency proof of each partition that had leaves at the earlier checkpoint.</param>
internal sealed record ConsistencyResponse(
    long From, long To, ImmutableArray<string> Proof, ImmutableArray<LogConsistencyResponse> Partitions)
{
    public static ConsistencyResponse Of(ConsistencyProof proof) => new(
        proof.From, proof.To, Hex(proof.Proof),
        [.. proof.Partitions.Select(log => new LogConsistencyResponse(log.Partition, log.FromSize, log.ToSize, Hex(log.Proof)))]);

    private static ImmutableArray<string> Hex(ImmutableArray<byte[]> hashes) => [.. hashes.Select(Convert.ToHexStringLower)];
}

/// <summary>Proves that a partition's log extends its earlier state.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="FromSize">The log's size at the earlier checkpoint.</param>
/// <param name="ToSize">The log's size at the later checkpoint.</param>
/// <param name="Proof">The nodes of the proof.</param>
internal sealed record LogConsistencyResponse(int Partition, long FromSize, long ToSize, ImmutableArray<string> Proof);
