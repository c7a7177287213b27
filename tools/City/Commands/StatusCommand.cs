using System.CommandLine;
using Scoring.City.Platform;
using Spectre.Console;

namespace Scoring.City.Commands;

/// <summary>
/// The command <c>city status</c>: prints the health of processes for people. The exit code is 0 when all are healthy, 1 when one is
/// degraded, and 2 when one is unhealthy or does not answer.
/// </summary>
public static class StatusCommand
{
    private const int Silent = (int)HealthWord.Unhealthy;

    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var standalone = CityOptions.Standalone();
        var url = new Option<Uri[]>("--url")
        {
            Description = "The health listener of a process: its Health:Url. Repeat it for several. Default: that of the standalone file.",
            CustomParser = result => [.. result.Tokens.Select(token => Address(token.Value, result.AddError)).OfType<Uri>()],
        };
        var command = new Command("status", "Show the health of processes. Exit code 0: healthy, 1: degraded, 2: unhealthy or no answer.")
        {
            standalone, url,
        };
        command.SetAction((parsed, cancellationToken) => Run(parsed.GetValue(url) ?? [], parsed.GetValue(standalone)!, cancellationToken));
        return command;
    }

    private static async Task<int> Run(Uri[] addresses, string file, CancellationToken cancellationToken)
    {
        if (addresses.Length == 0)
        {
            try
            {
                addresses = [Of(file)];
            }
            catch (CityException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return Silent;
            }
        }
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = AnswerMax };
        var worst = 0;
        foreach (var address in addresses) worst = Math.Max(worst, await Show(http, address, cancellationToken));
        return worst;
    }

    private static async Task<int> Show(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var health = await HealthDetail.Read(http, address, cancellationToken);
            StatusView.Write(AnsiConsole.Console, address, health);
            return (int)health.Status;
        }
        catch (CityException exception)
        {
            StatusView.WriteSilent(AnsiConsole.Console, address, exception.Message);
            return Silent;
        }
    }

    private static Uri Of(string file) => StandaloneFile.Read(file).Health
        ?? throw new CityException($"{file} names no health listener. Give one with --url.");

    private static Uri? Address(string text, Action<string> refuse)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") return uri;
        refuse($"{text} is not an http or https address.");
        return null;
    }
}
