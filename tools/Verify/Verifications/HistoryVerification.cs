using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Verifications;

/// <summary>Checks a participant's export or an auditor's history.</summary>
public static class HistoryVerification
{
    private const string Export = "scoring-export-1";
    private const string History = "scoring-history-1";
    private const string Note = "checkpoint.txt";

    /// <summary>Whether an archive of this format is one that it checks.</summary>
    public static bool Reads(string format) => format is Export or History;

    /// <summary>Checks an archive.</summary>
    /// <exception cref="UnreadableException">An input of the checker cannot be read, so there is no verdict.</exception>
    public static void Run(ArchiveReader archive, CheckerInputs inputs, Findings findings)
    {
        if (!Reads(archive.Format)) throw new UnreadableException($"The format of the archive is unknown: {archive.Format}.");
        // The checker's own inputs are read first: when one of them cannot be read, there is no verdict.
        var receipts = inputs.ReadReceiptKeys(archive, findings);
        var own = inputs.Keys.Count > 0 && archive.Has(Note) ? inputs.ReadKeys() : null;
        var held = inputs.ReadHeld();
        var consistency = inputs.ReadConsistency();
        using var earlier = inputs.Earlier is { } file ? ArchiveReader.Open(file) : null;
        ManifestCheck.Run(archive, receipts, findings);
        try
        {
            var entries = HistoryCheck.Run(archive, findings);
            var keys = own ?? (archive.Has(Note) ? inputs.ReadKeys(archive, findings) : []);
            CheckSeal(archive, keys, (held, consistency), entries, findings);
            var programme = RuleSetCheck.ReadProgramme(archive);
            RuleSetCheck.Run(archive, programme, entries, findings);
            ScoreCheck.Run(archive, programme, entries, findings);
            if (archive.Format == History) ScoreCheck.RunHistory(archive, programme, entries, findings);
            if (earlier is not null) EarlierArchiveCheck.Run(archive, entries, earlier, findings);
            EarlierArchiveCheck.CheckReferences(entries, inputs.References, findings);
        }
        catch (Exception exception) when (Verification.IsMalformedInput(exception))
        {
            findings.Fail("unreadable", exception is UnreadableException unreadable
                ? unreadable.Sentence
                : "A part of the archive is malformed: something in it was changed.");
        }
    }

    private static void CheckSeal(
        ArchiveReader archive, IReadOnlyList<NoteKey> keys, (Checkpoint? Held, ConsistencyFile? Consistency) kept,
        IReadOnlyList<EntryRow> entries, Findings findings)
    {
        if (!archive.Has(Note))
        {
            if (kept.Held is not null)
                findings.Fail(
                    "chain-rewound",
                    "You kept a checkpoint, and the archive comes without one: the chain was taken back.");
            else findings.Note("unsealed", "The archive comes without a checkpoint: nothing in it is proven by a sealed log yet.");
            return;
        }
        var checkpoint = Checkpoint.Read(archive.Text(Note));
        ChainCheck.Run(checkpoint, keys, [], 0, findings);
        if (kept.Held is { } held)
            ChainCheck.Compare(checkpoint, held, kept.Consistency, keys, HistoryCheck.TimeMade(archive), findings);
        ProofCheck.Run(archive, checkpoint, entries, findings);
    }
}
