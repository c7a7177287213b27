using System.ComponentModel;
using System.Diagnostics;

namespace Scoring.Postgres;

/// <summary>The exit code and the output of a command.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs child processes without the caller's PG* variables, which would change how the server behaves.</summary>
internal static class CommandRunner
{
    public static ProcessStartInfo StartInfo(IEnumerable<string> line, string folder)
    {
        var parts = line.ToArray();
        var start = new ProcessStartInfo(parts[0]) { UseShellExecute = false, WorkingDirectory = folder };
        foreach (var part in parts.Skip(1))
        {
            start.ArgumentList.Add(part);
        }

        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>
/// Runs a command to its end. Cancellation kills it. A command that does not exist gives the exit code 127, as in a shell.
/// </summary>
    public static async Task<CommandResult> Run(IEnumerable<string> line, string folder, CancellationToken cancellationToken)
    {
        var start = StartInfo(line, folder);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
                var errors = process.StandardError.ReadToEndAsync(cancellationToken);
                await process.WaitForExitAsync(cancellationToken);
                return new CommandResult(process.ExitCode, await output, await errors);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception exception)
        {
            return new CommandResult(127, "", exception.Message);
        }
    }
}
