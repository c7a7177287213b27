using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scoring.Verify.Commands;

/// <summary>Tells what was found: lines for people, or one document for machines.</summary>
internal static class FindingsReport
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it; returns the exit code.</summary>
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
                Form));
        }
        else
        {
            foreach (var finding in findings.All) to.WriteLine($"{Mark(finding.Verdict)}  {finding.Message}  [{finding.Code}]");
            to.WriteLine();
            to.WriteLine(findings.IsAccepted
                ? "ACCEPTED: everything that could be checked holds."
                : "REFUSED: what is marked NO does not hold. Keep the files as they are, and ask the platform's operator and the supervisory authority.");
        }
        return findings.IsAccepted ? 0 : 1;
    }

    private static string Word(FindingVerdict verdict) => JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString());

    private static string Mark(FindingVerdict verdict) => verdict switch { FindingVerdict.Pass => "ok  ", FindingVerdict.Note => "note", _ => "NO  " };
}
