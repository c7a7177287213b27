using System.CommandLine;
using Scoring.Verify.Checkpoints;

namespace Scoring.Verify.Commands;

/// <summary><c>checkpoints</c>: a note by itself, and against one that was kept.</summary>
internal static class CheckpointsCommand
{
    public static Command Build(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "The checkpoint, a text file." };
        var (keys, held, consistency, json) = (CommandInputs.Keys(), CommandInputs.Held(), CommandInputs.Consistency(), CommandInputs.Json());
        keys.Required = true;
        var witnesses = new Option<string[]>("--witness") { Description = "A witness's verifier key; may be repeated." };
        var least = new Option<int>("--witnesses-min") { Description = "How many of them must have cosigned it." };
        var command = new Command("checkpoints", "Checks a checkpoint, and that it extends one that you have kept.")
            { file, keys, held, consistency, witnesses, least, json };
        command.SetAction(parsed =>
        {
            var findings = new Findings();
            var (checkpoint, own) = (CommandInputs.Note(parsed.GetValue(file))!, CommandInputs.Read(parsed.GetValue(keys)));
            ChainCheck.Run(checkpoint, own, CommandInputs.Read(parsed.GetValue(witnesses)), parsed.GetValue(least), findings);
            if (CommandInputs.Note(parsed.GetValue(held)) is { } before)
                ChainCheck.Compare(checkpoint, before, CommandInputs.Proof(parsed.GetValue(consistency)), own, null, findings);
            return FindingsReport.Write(findings, parsed.GetValue(json), output);
        });
        return command;
    }
}
