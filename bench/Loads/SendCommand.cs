using System.CommandLine;

namespace Scoring.Bench.Loads;

/// <summary>The hidden command <c>send</c>: what a load process does.</summary>
public static class SendCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "send";

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var command = new Command(Name, "Send the requests that a bench writes to the input.") { Hidden = true };
        command.SetAction(async (_, cancellationToken) =>
        {
            await LoadSender.Serve(Console.OpenStandardInput(), Console.OpenStandardOutput(), cancellationToken);
            return 0;
        });
        return command;
    }
}
