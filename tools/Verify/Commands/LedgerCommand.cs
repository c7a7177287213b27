using System.CommandLine;
using Scoring.Verify.Archives;
using Scoring.Verify.Verifications;

namespace Scoring.Verify.Commands;

/// <summary>The command <c>ledger</c>: checks the leaves of a whole ledger.</summary>
internal static class LedgerCommand
{
    public static Command Build(TextWriter output, TextWriter errors)
    {
        var file = new Argument<string>("FILE") { Description = "The zip archive." };
        var options = new CommandInputs(output, errors);
        var command = new Command("ledger", "Check every leaf of a ledger, and that every erasure is declared.") { file };
        options.AddTo(command, withReceiptKeys: true);
        command.SetAction(parsed => options.Report(parsed, findings =>
        {
            using var archive = ArchiveReader.Open(File.OpenRead(parsed.GetValue(file)!));
            LedgerVerification.Run(archive, options.Read(parsed), findings);
        }));
        return command;
    }
}
