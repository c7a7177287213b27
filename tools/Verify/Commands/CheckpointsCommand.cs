using System.CommandLine;
using Scoring.Verify.Verifications;

namespace Scoring.Verify.Commands;

/// <summary>The command <c>checkpoints</c>: checks a note on its own, and compares it with one that was kept.</summary>
internal static class CheckpointsCommand
{
    public static Command Build(TextWriter output, TextWriter errors)
    {
        var file = new Argument<string>("FILE") { Description = "The checkpoint, a text file." };
        var options = new CommandInputs(output, errors);
        options.Keys.Required = true;
        var witnesses = new Option<string[]>("--witness") { Description = "The verifier key of a witness. Repeat it for several." };
        var witnessesMin = new Option<int>("--witnesses-min")
            { Description = "How many of the witnesses must have cosigned the checkpoint." };
        var command = new Command("checkpoints", "Check a checkpoint, and that it extends one that you have kept.")
            { file, witnesses, witnessesMin };
        options.AddTo(command, withReceiptKeys: false);
        command.SetAction(parsed => options.Report(parsed, findings =>
        {
            var inputs = options.Read(parsed) with
                { Witnesses = parsed.GetValue(witnesses) ?? [], WitnessesMin = parsed.GetValue(witnessesMin) };
            CheckpointVerification.Run(File.ReadAllText(parsed.GetValue(file)!), inputs, findings);
        }));
        return command;
    }
}
