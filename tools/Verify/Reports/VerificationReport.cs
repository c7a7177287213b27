using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scoring.Verify.Reports;

/// <summary>What a run has found: the verdict, and each check.</summary>
/// <param name="Findings">The findings, in the order of the checks.</param>
/// <param name="Unreadable">Why there is no verdict; <see langword="null"/> when there is one.</param>
public sealed record VerificationReport(Findings Findings, Sentence? Unreadable)
{
    private static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The verdict: <c>accepted</c>, <c>refused</c>, or <c>none</c> when an input cannot be read.</summary>
    public string Verdict => Unreadable is not null ? "none" : Findings.IsAccepted ? "accepted" : "refused";

    /// <summary>The verdict in a sentence.</summary>
    public Sentence Conclusion => Unreadable ?? (Findings.IsAccepted
        ? "ACCEPTED: every check passed."
        : "REFUSED: the checks marked NO failed. Keep the files unchanged, and ask the platform's operator and the supervisory authority.");

    /// <summary>Returns the report as lines of text.</summary>
    public string ToText(SentenceWords language)
    {
        var text = new StringBuilder();
        foreach (var finding in Findings.All)
            text.Append($"{Mark(finding.Verdict)}  {finding.Message.In(language)}  [{finding.Code}]\n");
        return text.Append('\n').Append(Conclusion.In(language)).ToString();
    }

    /// <summary>Returns the report as one JSON document.</summary>
    public string ToJson(SentenceWords language)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Format))
        {
            json.WriteStartObject();
            json.WriteString("verdict", Verdict);
            if (Unreadable is { } reason) json.WriteString("reason", reason.In(language));
            json.WriteStartArray("findings");
            foreach (var finding in Findings.All)
            {
                json.WriteStartObject();
                json.WriteString("code", finding.Code);
                json.WriteString("verdict", Word(finding.Verdict));
                json.WriteString("message", finding.Message.In(language));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string Word(FindingVerdict verdict) =>
        verdict switch { FindingVerdict.Pass => "pass", FindingVerdict.Note => "note", _ => "fail" };

    private static string Mark(FindingVerdict verdict) =>
        verdict switch { FindingVerdict.Pass => "ok  ", FindingVerdict.Note => "note", _ => "NO  " };
}
