using System.CommandLine;
using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;

namespace Scoring.Verify.Commands;

/// <summary>The command <c>archive</c>: checks a participant's export or an auditor's history.</summary>
internal static class ArchiveCommand
{
    private const string Export = "scoring-export-1";
    private const string History = "scoring-history-1";
    private const string Note = "checkpoint.txt";

    public static Command Build(TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "The zip archive." };
        var keys = CommandInputs.Keys();
        var receiptKeys = CommandInputs.ReceiptKeys();
        var held = CommandInputs.Held();
        var consistency = CommandInputs.Consistency();
        var earlier = new Option<string?>("--earlier")
            { Description = "An earlier archive of the same history. Its entries must still be there, unless they have expired." };
        var references = new Option<string[]>("--reference")
            { Description = "The reference of a query that must be in the history. Repeat it for several." };
        var json = CommandInputs.Json();
        var command = new Command("archive", "Check a participant's export or an auditor's history.")
            { file, keys, receiptKeys, held, consistency, earlier, references, json };
        command.SetAction(parsed =>
        {
            var findings = new Findings();
            using var archive = ArchiveReader.Open(File.OpenRead(parsed.GetValue(file)!));
            if (archive.Format is not (Export or History))
                throw new UnreadableException($"The format of the archive is unknown: {archive.Format}.");
            // The checker's own inputs are read first: when one of them cannot be read, there is no verdict.
            var receipts = CommandInputs.ReceiptsOf(parsed.GetValue(receiptKeys), archive, findings);
            var own = parsed.GetValue(keys) is { Length: > 0 } given && archive.Has(Note) ? CommandInputs.Read(given) : null;
            var heldNote = CommandInputs.Note(parsed.GetValue(held));
            var proof = CommandInputs.Proof(parsed.GetValue(consistency));
            using var before = parsed.GetValue(earlier) is { } path ? ArchiveReader.Open(File.OpenRead(path)) : null;
            ManifestCheck.Run(archive, receipts, findings);
            Check(archive, new CheckerInputs(own, heldNote, proof, before, parsed.GetValue(references) ?? []), findings);
            return FindingsReport.Write(findings, parsed.GetValue(json), output);
        });
        return command;
    }

    private static void Check(ArchiveReader archive, CheckerInputs inputs, Findings findings)
    {
        try
        {
            var entries = HistoryCheck.Run(archive, findings);
            CheckSeal(archive, inputs, entries, findings);
            var programme = RuleSetCheck.ReadProgramme(archive);
            RuleSetCheck.Run(archive, programme, entries, findings);
            ScoreCheck.Run(archive, programme, entries, findings);
            if (archive.Format == History) ScoreCheck.RunHistory(archive, programme, entries, findings);
            if (inputs.Earlier is { } earlier) EarlierArchiveCheck.Run(archive, entries, earlier, findings);
            EarlierArchiveCheck.CheckReferences(entries, inputs.References, findings);
        }
        catch (Exception exception) when (VerifyCommands.IsMalformedInput(exception))
        {
            findings.Fail("unreadable", exception is UnreadableException
                ? exception.Message
                : "A part of the archive is malformed: something in it was changed.");
        }
    }

    private static void CheckSeal(ArchiveReader archive, CheckerInputs inputs, IReadOnlyList<EntryRow> entries, Findings findings)
    {
        if (!archive.Has(Note))
        {
            if (inputs.Held is not null)
                findings.Fail(
                    "chain-rewound",
                    "You kept a checkpoint, and the archive comes without one: the chain was taken back.");
            else findings.Note("unsealed", "The archive comes without a checkpoint: nothing in it is proven by a sealed log yet.");
            return;
        }
        var keys = inputs.Keys ?? CommandInputs.KeysOf(null, archive, findings);
        var checkpoint = Checkpoint.Read(archive.Text(Note));
        ChainCheck.Run(checkpoint, keys, [], 0, findings);
        if (inputs.Held is { } held)
            ChainCheck.Compare(checkpoint, held, inputs.Consistency, keys, HistoryCheck.TimeMade(archive), findings);
        ProofCheck.Run(archive, checkpoint, entries, findings);
    }

    /// <summary>What the checker gives on the command line.</summary>
    private sealed record CheckerInputs(
        IReadOnlyList<NoteKey>? Keys, Checkpoint? Held, ConsistencyFile? Consistency, ArchiveReader? Earlier,
        IReadOnlyList<string> References);
}
