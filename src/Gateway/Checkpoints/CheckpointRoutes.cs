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
        routes.MapGet("{number:long:min(1)}", Find).WithName("findCheckpoint").WithSummary("One checkpoint, with its witnesses' cosignatures")
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
            .WithMetadata(new SmallBody()).Refuses(400, 404, 413, 415, 422, 429, 503);
    }

    private static async Task<IResult> Latest(IGrainFactory grains, CancellationToken cancellation) =>
        Note(await Grain(grains).Latest().WaitAsync(cancellation));

    private static async Task<IResult> Find(long number, IGrainFactory grains, CancellationToken cancellation) =>
        Note(await Grain(grains).Find(number).WaitAsync(cancellation));

    private static async Task<Results<Ok<ConsistencyDocument>, Refused>> Consistency(
        long from, long to, IGrainFactory grains, CancellationToken cancellation)
    {
        if (from < 1 || to < from) return new Refused(Problem.MalformedRequest) { Detail = "from is 1 or more, and to not below it." };
        return await Grain(grains).Consistency(from, to).WaitAsync(cancellation) is { } proof
            ? TypedResults.Ok(ConsistencyDocument.Of(proof))
            : new Refused(Problem.NotFound);
    }

    private static async Task<IResult> Keys(IGrainFactory grains, CancellationToken cancellation)
    {
        var keys = await Grain(grains).Keys().WaitAsync(cancellation);
        return TypedResults.Text(string.Concat(keys.Select(key => key + "\n")), Text);
    }

    private static async Task<Results<Ok<WitnessedCheckpoint>, Refused>> Witness(
        long number, WitnessForm form, IGrainFactory grains, CancellationToken cancellation)
    {
        if (form.From < 0 || form.From > number)
            return new Refused(Problem.MalformedRequest) { Detail = "from lies from 0 to the checkpoint's own number." };
        var outcome = await Grain(grains).Witness(number, form.From, form.Cosignature).WaitAsync(cancellation);
        return outcome switch
        {
            { Checkpoint: { } checkpoint, Consistency: var proof } => TypedResults.Ok(new WitnessedCheckpoint(
                checkpoint.Note, proof is null ? null : ConsistencyDocument.Of(proof), outcome.IsKept)),
            { Refusal: WitnessRefusal.NotACosignature } => new Refused(Problem.CosignatureRefused),
            _ => new Refused(Problem.NotFound),
        };
    }

    private static IResult Note(Checkpoint? checkpoint) =>
        checkpoint is null ? new Refused(Problem.NotFound) : TypedResults.Text(checkpoint.Note, Text);

    private static ICheckpointGrain Grain(IGrainFactory grains) => grains.GetGrain<ICheckpointGrain>(0);
}

/// <summary>What a witness says.</summary>
/// <param name="From">The number of the checkpoint that they saw last; 0 for none.</param>
/// <param name="Cosignature">Their signature line over this one; <see langword="null"/> to be handed it only.</param>
internal sealed record WitnessForm(long From, string? Cosignature = null);

/// <summary>What a witness is handed.</summary>
/// <param name="Note">The checkpoint.</param>
/// <param name="Consistency">That it extends the one they saw; <see langword="null"/> when they saw none.</param>
/// <param name="IsKept">Whether their cosignature is kept.</param>
internal sealed record WitnessedCheckpoint(string Note, ConsistencyDocument? Consistency, bool IsKept);

/// <summary>That a checkpoint extends an earlier one; hashes in lower-case hexadecimal digits.</summary>
/// <param name="From">The earlier number.</param>
/// <param name="To">The later number.</param>
/// <param name="Proof">Of the log of checkpoints.</param>
/// <param name="Partitions">Of each partition that had leaves before.</param>
internal sealed record ConsistencyDocument(
    long From, long To, ImmutableArray<string> Proof, ImmutableArray<LogConsistencyDocument> Partitions)
{
    public static ConsistencyDocument Of(ConsistencyProof proof) => new(
        proof.From, proof.To, Hex(proof.Proof),
        [.. proof.Partitions.Select(log => new LogConsistencyDocument(log.Partition, log.FromSize, log.ToSize, Hex(log.Proof)))]);

    private static ImmutableArray<string> Hex(ImmutableArray<byte[]> hashes) => [.. hashes.Select(Convert.ToHexStringLower)];
}

/// <summary>That a partition's log extends what it was.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="FromSize">Its size before.</param>
/// <param name="ToSize">Its size after.</param>
/// <param name="Proof">The nodes.</param>
internal sealed record LogConsistencyDocument(int Partition, long FromSize, long ToSize, ImmutableArray<string> Proof);
