using System.CommandLine;

namespace Scoring.Verify.Commands;

/// <summary>The command line of the verifier.</summary>
public static class VerifyCommands
{
    private const int Unreadable = 2;

    /// <summary>Whether an exception means that an input is malformed.</summary>
    public static bool IsMalformedInput(Exception exception) =>
        exception is UnreadableException or InvalidOperationException or KeyNotFoundException
        or FormatException or ArgumentException or NullReferenceException or System.Text.Json.JsonException or OverflowException;

    /// <summary>
    /// Runs a command. Returns the exit code: 0 accepted, 1 refused, 2 no verdict (unreadable input or wrong command line).
    /// </summary>
    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand(
            "Check what the platform hands out, without the platform. Exit code 0: accepted, every check passed; 1: refused, a check "
            + "failed; 2: no verdict, because a file cannot be read or the command line is wrong.")
        {
            ArchiveCommand.Build(output), CheckpointsCommand.Build(output), LedgerCommand.Build(output), RecordCommand.Build(output),
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
        catch (Exception exception) when (exception is UnreadableException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return Unreadable;
        }
        catch (Exception exception) when (IsMalformedInput(exception))
        {
            await errors.WriteLineAsync("An input is malformed, so there is no verdict.");
            return Unreadable;
        }
    }
}
