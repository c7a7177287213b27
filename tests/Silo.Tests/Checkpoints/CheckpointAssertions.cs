using Scoring.Keys;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>Makes checkpoints and checks them against <see cref="ReferenceMerkleLog"/>.</summary>
internal static class CheckpointAssertions
{
    /// <summary>Runs a checkpoint service once; <see langword="null"/> when no checkpoint is due.</summary>
    public static Task<Checkpoint?> Seal(
        this LedgerStage stage, TimeProvider? time = null, CheckpointOptions? options = null, CheckpointSigner? signer = null) =>
        stage.NewCheckpointService(time, options, signer).Run(CancellationToken.None);

    /// <summary>Verifies the signature of a checkpoint and compares its roots with those of the table.</summary>
    public static async Task ShouldVerify(this LedgerStage stage, Checkpoint checkpoint)
    {
        (await stage.Checkpoints.Find(checkpoint.Number, CancellationToken.None)).ShouldNotBeNull().Note.ShouldBe(checkpoint.Note);
        var text = CheckpointNote.TextOf(checkpoint.Note);
        new CheckpointSigner(new byte[32]).Key("scoring.local/ledger").Verifies(checkpoint.Note[(text.Length + 1)..], text).ShouldBeTrue();
        foreach (var (partition, size, root) in checkpoint.Logs)
            ReferenceMerkleLog.Root([.. (await ReferenceMerkleLog.Leaves(stage, partition)).Take((int)size)])
                .ShouldBe(root, $"partition {partition}");
        var statements = new List<byte[]>();
        for (var number = 1; number <= checkpoint.Number; number++)
            statements.Add(CheckpointNote.Read((await stage.Checkpoints.Find(number, CancellationToken.None))!.Note).Statement.Leaf);
        ReferenceMerkleLog.Root([.. statements]).ShouldBe(CheckpointNote.Read(checkpoint.Note).Root);
    }

    /// <summary>Verifies the consistency proof from one checkpoint to a later one.</summary>
    public static async Task ShouldExtend(this LedgerStage stage, Checkpoint earlier, Checkpoint later)
    {
        var proof = (await stage.Checkpoints.Consistency(earlier.Number, later.Number, CancellationToken.None)).ShouldNotBeNull();
        ReferenceMerkleLog.Extends(
            proof.Proof, earlier.Number, CheckpointNote.Read(earlier.Note).Root, later.Number, CheckpointNote.Read(later.Note).Root)
            .ShouldBeTrue($"{earlier.Number} {later.Number}");
        proof.Partitions.Select(log => log.Partition).ShouldBe(earlier.Logs.Where(log => log.Size > 0).Select(log => log.Partition));
        foreach (var log in proof.Partitions)
        {
            var before = earlier.Logs[log.Partition];
            var after = later.Logs[log.Partition];
            (log.FromSize, log.ToSize).ShouldBe((before.Size, after.Size));
            ReferenceMerkleLog.Extends(log.Proof, before.Size, before.Root, after.Size, after.Root)
                .ShouldBeTrue($"partition {log.Partition}");
        }
    }
}
