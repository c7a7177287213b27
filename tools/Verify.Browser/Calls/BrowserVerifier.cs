using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.Verify.Files;
using Scoring.Verify.Reports;
using Scoring.Verify.Verifications;

namespace Scoring.Verify.Calls;

/// <summary>What the page's worker can ask for.</summary>
[SupportedOSPlatform("browser")]
internal static partial class BrowserVerifier
{
    /// <summary>
    /// Checks the file that the page calls <c>file</c>. Further files are <c>receipt-keys</c>, <c>held</c>, <c>consistency</c> and
    /// <c>earlier</c>; the request says which of them there are.
    /// </summary>
    /// <param name="request">A JSON document: <c>files</c>, <c>keys</c>, <c>references</c> and <c>language</c>.</param>
    /// <returns>The report as a JSON document with a <c>conclusion</c>, and as <c>text</c>.</returns>
    [JSExport]
    internal static string Check(string request)
    {
        var asked = JsonNode.Parse(request)!;
        var files = Texts(asked["files"]);
        var language = SentenceWords.Of((string?)asked["language"]);
        var report = Verification.Run(findings =>
        {
            using var file = new ChosenFile("file");
            using var earlier = files.Contains("earlier") ? new ChosenFile("earlier") : null;
            var inputs = new CheckerInputs
            {
                Keys = Texts(asked["keys"]),
                References = Texts(asked["references"]),
                ReceiptKeys = Read("receipt-keys", files),
                Consistency = Read("consistency", files),
                Held = Read("held", files) is { } held ? Encoding.UTF8.GetString(held) : null,
                Earlier = earlier,
            };
            Verification.RunAny(file, inputs, findings);
        });
        var answer = JsonNode.Parse(report.ToJson(language))!.AsObject();
        answer["conclusion"] = report.Conclusion.In(language);
        answer["text"] = report.ToText(language);
        return answer.ToJsonString();
    }

    private static string[] Texts(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(text => (string)text!)];

    private static byte[]? Read(string name, string[] files)
    {
        if (!files.Contains(name)) return null;
        using var file = new ChosenFile(name);
        return Verification.ReadDocument(file);
    }
}
