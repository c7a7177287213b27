using Scoring.Verify.Checkpoints;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Verifications;

/// <summary>Checks a checkpoint on its own, and that it extends one that was kept.</summary>
public static class CheckpointVerification
{
    /// <summary>Checks a checkpoint.</summary>
    /// <exception cref="UnreadableException">An input cannot be read, so there is no verdict.</exception>
    public static void Run(string note, CheckerInputs inputs, Findings findings)
    {
        var checkpoint = Checkpoint.Read(note);
        var keys = inputs.ReadKeys();
        ChainCheck.Run(checkpoint, keys, [.. inputs.Witnesses.Select(NoteKey.Read)], inputs.WitnessesMin, findings);
        if (inputs.ReadHeld() is { } held) ChainCheck.Compare(checkpoint, held, inputs.ReadConsistency(), keys, null, findings);
    }
}
