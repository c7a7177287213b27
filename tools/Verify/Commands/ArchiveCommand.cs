using System.CommandLine;
using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;

namespace Scoring.Verify.Commands;

/// <summary><c>archive</c>: a participant's export, or an auditor's history.</summary>
internal static class ArchiveCommand
{
    private const string Export = "scoring-export-1";
    private const string History = "scoring-history-1";

    public static Command Build(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "The zip archive." };
        var (keys, receipts, held, consistency, json) =
            (Inputs.Keys(), Inputs.ReceiptKeys(), Inputs.Held(), Inputs.Consistency(), Inputs.Json());
        var earlier = new Option<string?>("--earlier") { Description = "An earlier archive of the same history, all of which must still be there." };
        var references = new Option<string[]>("--reference") { Description = "A query's reference that must be in it; may be repeated." };
        var command = new Command("archive", "Checks a participant's export or an auditor's history.")
            { file, keys, receipts, held, consistency, earlier, references, json };
        command.SetAction(parsed =>
        {
            var findings = new Findings();
            using var archive = ArchiveFile.Open(File.OpenRead(parsed.GetValue(file)!));
            if (archive.Form is not (Export or History))
                throw new UnreadableException($"The archive is of a form that is not known here: {archive.Form}.");
            ManifestCheck.Run(archive, Inputs.ReceiptsOf(parsed.GetValue(receipts), archive, findings), findings);
            var entries = HistoryCheck.Run(archive, findings);
            Sealed(archive, parsed.GetValue(keys), Inputs.Note(parsed.GetValue(held)), Inputs.Proof(parsed.GetValue(consistency)), entries, findings);
            var programme = PublishedCheck.Read(archive);
            PublishedCheck.Run(archive, programme, entries, findings);
            ScoreCheck.Run(archive, programme, entries, findings);
            if (archive.Form == History) ScoreCheck.History(archive, programme, entries, findings);
            if (parsed.GetValue(earlier) is { } before)
            {
                using var other = ArchiveFile.Open(File.OpenRead(before));
                EarlierCheck.Run(archive, entries, other, findings);
            }
            EarlierCheck.References(entries, parsed.GetValue(references) ?? [], findings);
            return Report.Write(findings, parsed.GetValue(json), output);
        });
        return command;
    }

    private static void Sealed(
        ArchiveFile archive, string[]? given, Checkpoint? held, ConsistencyFile? consistency, IReadOnlyList<EntryRow> entries,
        Findings findings)
    {
        if (!archive.Has("checkpoint.txt"))
        {
            if (held is not null) findings.Fail("chain-rewound", "You kept a checkpoint, and the archive comes with none: the chain was taken back.");
            else findings.Note("unsealed", "The archive comes without a checkpoint: nothing in it is proven against a sealed log yet.");
            return;
        }
        var keys = Inputs.KeysOf(given, archive, findings);
        var checkpoint = Checkpoint.Read(archive.Text("checkpoint.txt"));
        ChainCheck.Alone(checkpoint, keys, [], 0, findings);
        if (held is not null) ChainCheck.Against(checkpoint, held, consistency, keys, HistoryCheck.At(archive), findings);
        ProofCheck.Run(archive, checkpoint, entries, findings);
    }
}
