using System.CommandLine;
using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;

namespace Scoring.Verify.Commands;

/// <summary>The command <c>ledger</c>: checks the leaves of a whole ledger.</summary>
internal static class LedgerCommand
{
    private const string Format = "scoring-ledger-1";

    public static Command Build(TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "The zip archive." };
        var keys = CommandInputs.Keys();
        var receiptKeys = CommandInputs.ReceiptKeys();
        var held = CommandInputs.Held();
        var consistency = CommandInputs.Consistency();
        var json = CommandInputs.Json();
        var command = new Command("ledger", "Check every leaf of a ledger, and that every erasure is declared.")
            { file, keys, receiptKeys, held, consistency, json };
        command.SetAction(parsed =>
        {
            var findings = new Findings();
            using var archive = ArchiveReader.Open(File.OpenRead(parsed.GetValue(file)!));
            if (archive.Format != Format) throw new UnreadableException($"The format of the archive is unknown: {archive.Format}.");
            var receipts = CommandInputs.ReceiptsOf(parsed.GetValue(receiptKeys), archive, findings);
            ManifestCheck.Run(archive, receipts, findings);
            var own = CommandInputs.KeysOf(parsed.GetValue(keys), archive, findings);
            var checkpoint = Checkpoint.Read(archive.Text("checkpoint.txt"));
            ChainCheck.Run(checkpoint, own, [], 0, findings);
            if (CommandInputs.Note(parsed.GetValue(held)) is { } before)
                ChainCheck.Compare(
                    checkpoint, before, CommandInputs.Proof(parsed.GetValue(consistency)), own, HistoryCheck.TimeMade(archive), findings);
            LedgerCheck.Run(archive, checkpoint, receipts, findings);
            return FindingsReport.Write(findings, parsed.GetValue(json), output);
        });
        return command;
    }
}
