using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Checkpoints;

/// <summary>What everybody may know of the Merkle logs: signed notes, how one extends another, and the witnesses' door.</summary>
internal static class CheckpointRoutes
{
    private const string Text = "text/plain";

    public static void MapCheckpoints(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/v1/checkpoints").WithTags("Checkpoints").AllowAnonymous();
        routes.MapGet("latest", Latest).WithName("latestCheckpoint").WithSummary("The latest checkpoint, a signed note")
            .WithDescription(
                "In the form of C2SP tlog-checkpoint: origin, number and root of the log of checkpoints, then when it was made, which life "
                + "of the ledger it belongs to, and size and root of every partition's log.")
            .Produces<string>(StatusCodes.Status200OK, Text).Refuses(404, 429, 503);
        routes.MapGet("{number:long:min(1)}", Find).WithName("findCheckpoint")
            .WithSummary("One checkpoint, with its witnesses' cosignatures")
            .Produces<string>(StatusCodes.Status200OK, Text).Refuses(404, 429, 503);
        routes.MapGet("consistency", Consistency).WithName("readConsistency")
            .WithSummary("Proof that a checkpoint extends an earlier one").Refuses(400, 404, 429, 503)
            .WithDescription("RFC 9162, section 2.1.4, for the log of checkpoints and for each partition; hashes in hexadecimal digits.");
        routes.MapGet("keys", Keys).WithName("readCheckpointKeys").WithSummary("The public keys of checkpoints, one a line")
            .WithDescription("Verifier keys of C2SP signed-note: the key in use first, then earlier ones, then the witnesses'.")
            .Produces<string>(StatusCodes.Status200OK, Text).Refuses(429, 503);
        routes.MapPost("{number:long:min(1)}/witnesses", Witness).WithName("witnessCheckpoint")
            .WithSummary("Be handed a checkpoint with its proof, and leave a cosignature")
            .WithDescription(
                "`from` is the number that the witness saw last, 0 for none. A cosignature is kept when it is of a witness that the platform "
                + "knows: a signature line of C2SP tlog-cosignature over the note's text.")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 404, 413, 415, 422, 429, 503);
    }

    private static async Task<IResult> Latest(IGrainFactory grains, CancellationToken cancellationToken) =>
        Note(await Grain(grains).Latest().WaitAsync(cancellationToken));

    private static async Task<IResult> Find(long number, IGrainFactory grains, CancellationToken cancellationToken) =>
        Note(await Grain(grains).Find(number).WaitAsync(cancellationToken));

    private static async Task<Results<Ok<ConsistencyResponse>, ProblemResult>> Consistency(
        long from, long to, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (from < 1 || to < from)
            return new ProblemResult(Problem.MalformedRequest) { Detail = "from is 1 or more, and to not below it." };
        return await Grain(grains).Consistency(from, to).WaitAsync(cancellationToken) is { } proof
            ? TypedResults.Ok(ConsistencyResponse.Of(proof))
            : new ProblemResult(Problem.NotFound);
    }

    private static async Task<IResult> Keys(IGrainFactory grains, CancellationToken cancellationToken)
    {
        var keys = await Grain(grains).Keys().WaitAsync(cancellationToken);
        return TypedResults.Text(string.Concat(keys.Select(key => key + "\n")), Text);
    }

    private static async Task<Results<Ok<WitnessResponse>, ProblemResult>> Witness(
        long number, WitnessRequest form, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (form.From < 0 || form.From > number)
            return new ProblemResult(Problem.MalformedRequest) { Detail = "from lies from 0 to the checkpoint's own number." };
        var outcome = await Grain(grains).Witness(number, form.From, form.Cosignature).WaitAsync(cancellationToken);
        return outcome switch
        {
            { Checkpoint: { } checkpoint, Consistency: var proof } => TypedResults.Ok(new WitnessResponse(
                checkpoint.Note, proof is null ? null : ConsistencyResponse.Of(proof), outcome.IsKept)),
            { Refusal: WitnessRefusal.NotACosignature } => new ProblemResult(Problem.CosignatureRefused),
            _ => new ProblemResult(Problem.NotFound),
        };
    }

    private static IResult Note(Checkpoint? checkpoint) =>
        checkpoint is null ? new ProblemResult(Problem.NotFound) : TypedResults.Text(checkpoint.Note, Text);

    private static ICheckpointGrain Grain(IGrainFactory grains) => grains.GetGrain<ICheckpointGrain>(0);
}

/// <summary>What a witness says.</summary>
/// <param name="From">The number of the checkpoint that they saw last; 0 for none.</param>
/// <param name="Cosignature">Their signature line over this one; <see langword="null"/> to be handed it only.</param>
internal sealed record WitnessRequest(long From, string? Cosignature = null);

/// <summary>What a witness is handed.</summary>
/// <param name="Note">The checkpoint.</param>
/// <param name="Consistency">That it extends the one they saw; <see langword="null"/> when they saw none.</param>
/// <param name="IsKept">Whether their cosignature is kept.</param>
internal sealed record WitnessResponse(string Note, ConsistencyResponse? Consistency, bool IsKept);

/// <summary>That a checkpoint extends an earlier one; hashes in lower-case hexadecimal digits.</summary>
/// <param name="From">The earlier number.</param>
/// <param name="To">The later number.</param>
/// <param name="Proof">Of the log of checkpoints.</param>
/// <param name="Partitions">Of each partition that had leaves before.</param>
internal sealed record ConsistencyResponse(
    long From, long To, ImmutableArray<string> Proof, ImmutableArray<LogConsistencyResponse> Partitions)
{
    public static ConsistencyResponse Of(ConsistencyProof proof) => new(
        proof.From, proof.To, Hex(proof.Proof),
        [.. proof.Partitions.Select(log => new LogConsistencyResponse(log.Partition, log.FromSize, log.ToSize, Hex(log.Proof)))]);

    private static ImmutableArray<string> Hex(ImmutableArray<byte[]> hashes) => [.. hashes.Select(Convert.ToHexStringLower)];
}

/// <summary>That a partition's log extends what it was.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="FromSize">Its size before.</param>
/// <param name="ToSize">Its size after.</param>
/// <param name="Proof">The nodes.</param>
internal sealed record LogConsistencyResponse(int Partition, long FromSize, long ToSize, ImmutableArray<string> Proof);
