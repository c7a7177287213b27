using System.CommandLine;
using Scoring.Verify.Archives;
using Scoring.Verify.Verifications;

namespace Scoring.Verify.Commands;

/// <summary>The command <c>archive</c>: checks a participant's export or an auditor's history.</summary>
internal static class ArchiveCommand
{
    public static Command Build(TextWriter output, TextWriter errors)
    {
        var file = new Argument<string>("FILE") { Description = "The zip archive." };
        var options = new CommandInputs(output, errors);
        var earlier = new Option<string?>("--earlier")
            { Description = "An earlier archive of the same history. Its entries must still be there, unless they have expired." };
        var references = new Option<string[]>("--reference")
            { Description = "The reference of a query that must be in the history. Repeat it for several." };
        var command = new Command("archive", "Check a participant's export or an auditor's history.") { file, earlier, references };
        options.AddTo(command, withReceiptKeys: true);
        command.SetAction(parsed => options.Report(parsed, findings =>
        {
            using var archive = ArchiveReader.Open(File.OpenRead(parsed.GetValue(file)!));
            using var before = parsed.GetValue(earlier) is { } path ? File.OpenRead(path) : null;
            var inputs = options.Read(parsed) with { Earlier = before, References = parsed.GetValue(references) ?? [] };
            HistoryVerification.Run(archive, inputs, findings);
        }));
        return command;
    }
}
