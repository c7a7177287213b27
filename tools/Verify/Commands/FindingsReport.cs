using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scoring.Verify.Commands;

/// <summary>Writes findings as lines of text or as one JSON document.</summary>
internal static class FindingsReport
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the findings. Returns the exit code: 0 when nothing failed, 1 otherwise.</summary>
    public static int Write(Findings findings, bool asJson, TextWriter to)
    {
        if (asJson)
        {
            to.WriteLine(JsonSerializer.Serialize(
                new
                {
                    verdict = findings.IsAccepted ? "accepted" : "refused",
                    findings = findings.All.Select(finding =>
                        new { finding.Code, verdict = Word(finding.Verdict), finding.Message }),
                },
                Format));
        }
        else
        {
            foreach (var finding in findings.All) to.WriteLine($"{Mark(finding.Verdict)}  {finding.Message}  [{finding.Code}]");
            to.WriteLine();
            to.WriteLine(findings.IsAccepted
                ? "ACCEPTED: every check passed."
                : "REFUSED: the checks marked NO failed. Keep the files unchanged, and ask the platform's operator and the supervisory "
                    + "authority.");
        }
        return findings.IsAccepted ? 0 : 1;
    }

    private static string Word(FindingVerdict verdict) => JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString());

    private static string Mark(FindingVerdict verdict) =>
        verdict switch { FindingVerdict.Pass => "ok  ", FindingVerdict.Note => "note", _ => "NO  " };
}
