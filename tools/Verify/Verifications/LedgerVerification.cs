using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Verifications;

/// <summary>Checks the leaves of a whole ledger.</summary>
public static class LedgerVerification
{
    private const string Format = "scoring-ledger-1";

    /// <summary>Whether an archive of this format is one that it checks.</summary>
    public static bool Reads(string format) => format == Format;

    /// <summary>Checks a ledger.</summary>
    /// <exception cref="UnreadableException">An input cannot be read, so there is no verdict.</exception>
    public static void Run(ArchiveReader archive, CheckerInputs inputs, Findings findings)
    {
        if (!Reads(archive.Format)) throw new UnreadableException($"The format of the archive is unknown: {archive.Format}.");
        var receipts = inputs.ReadReceiptKeys(archive, findings);
        ManifestCheck.Run(archive, receipts, findings);
        var keys = inputs.ReadKeys(archive, findings);
        var checkpoint = Checkpoint.Read(archive.Text("checkpoint.txt"));
        ChainCheck.Run(checkpoint, keys, [], 0, findings);
        if (inputs.ReadHeld() is { } held)
            ChainCheck.Compare(checkpoint, held, inputs.ReadConsistency(), keys, HistoryCheck.TimeMade(archive), findings);
        LedgerCheck.Run(archive, checkpoint, receipts, findings);
    }
}
