using System.CommandLine;

namespace Scoring.Verify.Commands;

/// <summary>The command line of the verifier.</summary>
public static class VerifyCommands
{
    /// <summary>The exit code when there is no verdict.</summary>
    internal const int Unreadable = 2;

    /// <summary>
    /// Runs a command. Returns the exit code: 0 accepted, 1 refused, 2 no verdict (unreadable input or wrong command line).
    /// </summary>
    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand(
            "Check what the platform hands out, without the platform. Exit code 0: accepted, every check passed; 1: refused, a check "
            + "failed; 2: no verdict, because a file cannot be read or the command line is wrong.")
        {
            ArchiveCommand.Build(output, errors), CheckpointsCommand.Build(output, errors), LedgerCommand.Build(output, errors),
            RecordCommand.Build(output, errors),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await errors.WriteLineAsync(error.Message);
            return Unreadable;
        }
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return Unreadable;
        }
    }
}
