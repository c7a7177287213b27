using System.CommandLine;
using Scoring.City.Platform;
using Scoring.City.Requests;

namespace Scoring.City.Commands;

/// <summary>
/// The command <c>city requests</c>: writes the variables of the files in <c>requests/</c> for the editors that send them.
/// </summary>
public static class RequestsCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var standalone = CityOptions.Standalone();
        var folder = new Option<string>("--folder")
        {
            Description = "The folder of the .http files.",
            DefaultValueFactory = _ => "requests",
        };
        var command = new Command(
            "requests",
            "Write the variables of requests/*.http for Visual Studio, Rider and Visual Studio Code: the address, a token for each role, "
            + "and a new participant with handle proofs that are valid for 5 minutes. Only you can read these files, and git ignores them.")
            { standalone, folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = StandaloneFile.Read(parsed.GetValue(standalone)!);
            foreach (var path in await Write(file, parsed.GetValue(folder)!, cancellationToken)) Console.WriteLine($"Wrote {path}");
            Console.WriteLine($"""
                Choose the environment "{RequestFiles.Environment}" in your editor, then send the requests of 01-enrol.http
                within {Credentials.ProofLife.TotalMinutes:N0} minutes, because the handle proofs expire then.
                Run this command again for a new participant.
                """);
            return 0;
        });
        return command;
    }

    /// <summary>Writes the variables for one tour. Returns the paths of the files.</summary>
    /// <param name="standalone">The running platform.</param>
    /// <param name="folder">The folder of the <c>.http</c> files.</param>
    /// <param name="cancellationToken">Cancels the requests to the platform.</param>
    /// <exception cref="CityException">The programme is not published, the folder does not exist, or a file cannot be written.</exception>
    public static async Task<IReadOnlyList<string>> Write(
        StandaloneFile standalone, string folder, CancellationToken cancellationToken)
    {
        using var api = PlatformConnection.Open([standalone.Address]);
        using var credentials = new Credentials(standalone, TimeProvider.System);
        var published = await new PlatformClient(api).Published(RequestVariables.DraftProgramme, cancellationToken);
        return RequestFiles.Write(folder, RequestVariables.Make(standalone, credentials, published, TimeProvider.System));
    }
}
