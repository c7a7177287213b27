using System.CommandLine;
using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;

namespace Scoring.Verify.Commands;

/// <summary><c>archive</c>: a participant's export, or an auditor's history.</summary>
internal static class ArchiveCommand
{
    private const string Export = "scoring-export-1";
    private const string History = "scoring-history-1";
    private const string Note = "checkpoint.txt";

    public static Command Build(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "The zip archive." };
        var (keys, receipts, held, consistency, json) =
            (CommandInputs.Keys(), CommandInputs.ReceiptKeys(), CommandInputs.Held(), CommandInputs.Consistency(), CommandInputs.Json());
        var earlier = new Option<string?>("--earlier")
            { Description = "An earlier archive of the same history, all of which must still be there." };
        var references = new Option<string[]>("--reference") { Description = "A query's reference that must be in it; may be repeated." };
        var command = new Command("archive", "Checks a participant's export or an auditor's history.")
            { file, keys, receipts, held, consistency, earlier, references, json };
        command.SetAction(parsed =>
        {
            var findings = new Findings();
            using var archive = ArchiveReader.Open(File.OpenRead(parsed.GetValue(file)!));
            if (archive.Format is not (Export or History))
                throw new UnreadableException($"The archive is of a form that is not known here: {archive.Format}.");
            // What the checker brings along is read first: if that cannot be read there is no verdict.
            var signed = CommandInputs.ReceiptsOf(parsed.GetValue(receipts), archive, findings);
            var own = parsed.GetValue(keys) is { Length: > 0 } given && archive.Has(Note) ? CommandInputs.Read(given) : null;
            var (kept, proof) = (CommandInputs.Note(parsed.GetValue(held)), CommandInputs.Proof(parsed.GetValue(consistency)));
            using var before = parsed.GetValue(earlier) is { } path ? ArchiveReader.Open(File.OpenRead(path)) : null;
            ManifestCheck.Run(archive, signed, findings);
            try
            {
                var entries = HistoryCheck.Run(archive, findings);
                CheckSeal(archive, own, kept, proof, entries, findings);
                var programme = RuleSetCheck.ReadProgramme(archive);
                RuleSetCheck.Run(archive, programme, entries, findings);
                ScoreCheck.Run(archive, programme, entries, findings);
                if (archive.Format == History) ScoreCheck.RunHistory(archive, programme, entries, findings);
                if (before is not null) EarlierArchiveCheck.Run(archive, entries, before, findings);
                EarlierArchiveCheck.CheckReferences(entries, parsed.GetValue(references) ?? [], findings);
            }
            catch (Exception exception) when (VerifyCommands.IsMalformedInput(exception))
            {
                findings.Fail("unreadable", exception is UnreadableException
                    ? exception.Message
                    : "A part of the archive is not of its form: something in it was changed.");
            }
            return FindingsReport.Write(findings, parsed.GetValue(json), output);
        });
        return command;
    }

    private static void CheckSeal(
        ArchiveReader archive, IReadOnlyList<NoteKey>? own, Checkpoint? held, ConsistencyFile? consistency, IReadOnlyList<EntryRow> entries,
        Findings findings)
    {
        if (!archive.Has(Note))
        {
            if (held is not null)
                findings.Fail(
                    "chain-rewound",
                    "You kept a checkpoint, and the archive comes with none: the chain was taken back.");
            else findings.Note("unsealed", "The archive comes without a checkpoint: nothing in it is proven against a sealed log yet.");
            return;
        }
        var keys = own ?? CommandInputs.KeysOf(null, archive, findings);
        var checkpoint = Checkpoint.Read(archive.Text(Note));
        ChainCheck.Run(checkpoint, keys, [], 0, findings);
        if (held is not null) ChainCheck.Compare(checkpoint, held, consistency, keys, HistoryCheck.TimeMade(archive), findings);
        ProofCheck.Run(archive, checkpoint, entries, findings);
    }
}
