using System.CommandLine;

namespace Scoring.Verify.Commands;

/// <summary>The command line.</summary>
public static class VerifyCommands
{
    private const int Unreadable = 2;

    /// <summary>Whether a surprise means that something is not of the form that it must have.</summary>
    public static bool IsMalformedInput(Exception fault) => fault is UnreadableException or InvalidOperationException or KeyNotFoundException
        or FormatException or ArgumentException or NullReferenceException or System.Text.Json.JsonException or OverflowException;

    /// <summary>Runs a command: 0 accepted, 1 refused, 2 not readable or not a command.</summary>
    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand(
            "Checks, without the platform, what the platform hands out. Exit code 0: accepted; 1: refused, something does not hold; "
            + "2: a file cannot be read, or the command line is wrong.")
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
            await errors.WriteLineAsync("A part of what was given is not of its form, so that there is no verdict.");
            return Unreadable;
        }
    }
}
