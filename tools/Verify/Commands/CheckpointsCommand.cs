using System.CommandLine;
using Scoring.Verify.Checkpoints;

namespace Scoring.Verify.Commands;

/// <summary>The command <c>checkpoints</c>: checks a note on its own, and compares it with one that was kept.</summary>
internal static class CheckpointsCommand
{
    public static Command Build(TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "The checkpoint, a text file." };
        var keys = CommandInputs.Keys();
        keys.Required = true;
        var held = CommandInputs.Held();
        var consistency = CommandInputs.Consistency();
        var witnesses = new Option<string[]>("--witness") { Description = "The verifier key of a witness. Repeat it for several." };
        var witnessesMin = new Option<int>("--witnesses-min")
            { Description = "How many of the witnesses must have cosigned the checkpoint." };
        var json = CommandInputs.Json();
        var command = new Command("checkpoints", "Check a checkpoint, and that it extends one that you have kept.")
            { file, keys, held, consistency, witnesses, witnessesMin, json };
        command.SetAction(parsed =>
        {
            var findings = new Findings();
            var checkpoint = CommandInputs.Note(parsed.GetValue(file))!;
            var own = CommandInputs.Read(parsed.GetValue(keys));
            ChainCheck.Run(checkpoint, own, CommandInputs.Read(parsed.GetValue(witnesses)), parsed.GetValue(witnessesMin), findings);
            if (CommandInputs.Note(parsed.GetValue(held)) is { } before)
                ChainCheck.Compare(checkpoint, before, CommandInputs.Proof(parsed.GetValue(consistency)), own, null, findings);
            return FindingsReport.Write(findings, parsed.GetValue(json), output);
        });
        return command;
    }
}
