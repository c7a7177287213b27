using System.CommandLine;
using Scoring.Verify.Verifications;

namespace Scoring.Verify.Commands;

/// <summary>The command <c>record</c>: checks administrators' actions, as <c>/v1/audit/proofs</c> returns them.</summary>
internal static class RecordCommand
{
    public static Command Build(TextWriter output, TextWriter errors)
    {
        var file = new Argument<string>("FILE") { Description = "The answer of /v1/audit/proofs, a JSON file." };
        var options = new CommandInputs(output, errors);
        options.Keys.Required = true;
        var command = new Command("record", "Check that each action in a programme's record is what was sealed.") { file };
        options.AddTo(command, withReceiptKeys: false);
        command.SetAction(parsed => options.Report(
            parsed, findings => RecordVerification.Run(File.ReadAllBytes(parsed.GetValue(file)!), options.Read(parsed), findings)));
        return command;
    }
}
