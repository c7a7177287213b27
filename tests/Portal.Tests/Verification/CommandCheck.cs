using System.Text.Json;
using Scoring.Verify.Commands;

namespace Scoring.Verification;

/// <summary>Checks the same files by the command line, and says what it reports as the page does.</summary>
internal static class CommandCheck
{
    private static readonly Dictionary<string, string> Options = new()
    {
        ["held"] = "--held", ["consistency"] = "--consistency", ["earlier"] = "--earlier", ["receipt-keys"] = "--receipt-keys",
    };

    public static async Task<BrowserReport> Run(string command, params (string Field, byte[] Content)[] files)
    {
        var folder = Directory.CreateTempSubdirectory("scoring-verify-").FullName;
        try
        {
            List<string> arguments = [command, await Write("file"), "--json"];
            foreach (var (field, content) in files)
            {
                if (Options.TryGetValue(field, out var option)) arguments.AddRange([option, await Write(field)]);
                if (field != "keys") continue;
                foreach (var key in System.Text.Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    arguments.AddRange(["--key", key]);
            }
            using var output = new StringWriter();
            using var errors = new StringWriter();
            var code = await VerifyCommands.Run([.. arguments], output, errors);
            return code == 2 ? new BrowserReport("No verdict", []) : Read(JsonElement.Parse(output.ToString()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        async Task<string> Write(string field)
        {
            var path = Path.Combine(folder, field);
            await File.WriteAllBytesAsync(path, files.Single(file => file.Field == field).Content);
            return path;
        }
    }

    private static BrowserReport Read(JsonElement report) => new(
        report.GetProperty("verdict").GetString() == "accepted" ? "Accepted" : "Refused",
        [
            .. report.GetProperty("findings").EnumerateArray().Select(finding => (
                finding.GetProperty("verdict").GetString() switch { "pass" => "holds", "note" => "note", _ => "NO" },
                finding.GetProperty("message").GetString()!, finding.GetProperty("code").GetString()!)),
        ]);
}
