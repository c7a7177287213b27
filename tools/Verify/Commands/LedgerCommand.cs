using System.CommandLine;
using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;

namespace Scoring.Verify.Commands;

/// <summary><c>ledger</c>: the leaves of a whole ledger.</summary>
internal static class LedgerCommand
{
    private const string Form = "scoring-ledger-1";

    public static Command Build(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "The zip archive." };
        var (keys, receipts, held, consistency, json) =
            (CommandInputs.Keys(), CommandInputs.ReceiptKeys(), CommandInputs.Held(), CommandInputs.Consistency(), CommandInputs.Json());
        var command = new Command("ledger", "Checks every leaf of a ledger, and that nothing was erased undeclared.")
            { file, keys, receipts, held, consistency, json };
        command.SetAction(parsed =>
        {
            var findings = new Findings();
            using var archive = ArchiveReader.Open(File.OpenRead(parsed.GetValue(file)!));
            if (archive.Format != Form) throw new UnreadableException($"The archive is of a form that is not known here: {archive.Format}.");
            var signed = CommandInputs.ReceiptsOf(parsed.GetValue(receipts), archive, findings);
            ManifestCheck.Run(archive, signed, findings);
            var own = CommandInputs.KeysOf(parsed.GetValue(keys), archive, findings);
            var checkpoint = Checkpoint.Read(archive.Text("checkpoint.txt"));
            ChainCheck.Run(checkpoint, own, [], 0, findings);
            if (CommandInputs.Note(parsed.GetValue(held)) is { } before)
                ChainCheck.Compare(checkpoint, before, CommandInputs.Proof(parsed.GetValue(consistency)), own, HistoryCheck.TimeMade(archive), findings);
            LedgerCheck.Run(archive, checkpoint, signed, findings);
            return FindingsReport.Write(findings, parsed.GetValue(json), output);
        });
        return command;
    }
}
