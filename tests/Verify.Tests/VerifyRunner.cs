using System.Text.Json;
using Scoring.Verify.Commands;

namespace Scoring.Verify;

/// <summary>Runs the verifier's command line on temporary files.</summary>
internal sealed class VerifyRunner : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-verify-").FullName;
    private int _files;

    public string File(byte[] bytes)
    {
        var path = Path.Combine(_folder, $"{++_files}");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public string File(string text) => File(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Runs a command. Returns the exit code, and the codes of the failed checks, separated by spaces.</summary>
    public async Task<(int Code, string Failed)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await VerifyCommands.Run([.. arguments, "--json"], output, errors);
        if (code == 2)
        {
            errors.ToString().ShouldNotBeEmpty();
            return (code, "");
        }
        using var report = JsonDocument.Parse(output.ToString());
        report.RootElement.GetProperty("verdict").GetString().ShouldBe(code == 0 ? "accepted" : "refused");
        var failed = report.RootElement.GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("verdict").GetString() == "fail")
            .Select(finding => finding.GetProperty("code").GetString()!)
            .Distinct().ToArray();
        (failed.Length > 0).ShouldBe(code == 1);
        return (code, string.Join(' ', failed));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
