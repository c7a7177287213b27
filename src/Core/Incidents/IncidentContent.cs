using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Rules;

namespace Scoring.Incidents;

/// <summary>Checks the notice of an incident, and writes it for the record.</summary>
internal static class IncidentContent
{
    /// <summary>Returns every problem of the texts; empty when the notice may be proposed.</summary>
    public static ImmutableArray<DraftProblem> Problems(IncidentNotice notice) =>
    [
        .. Problem("/nature", notice.Nature, IncidentNotice.CharsMax),
        .. Problem("/contact", notice.Contact, IncidentNotice.ContactCharsMax),
        .. Problem("/consequences", notice.Consequences, IncidentNotice.CharsMax),
        .. Problem("/measures", notice.Measures, IncidentNotice.CharsMax),
    ];

    /// <summary>Returns the hash that names a notice: SHA-256 of the notice in canonical JSON, 64 lower-case hexadecimal digits.</summary>
    public static string Hash(IncidentNotice notice) => CanonicalJson.Hash(CanonicalJson.Write(Members(notice)));

    /// <summary>Returns the details of the action by which participants are told, in canonical JSON.</summary>
    public static byte[] Details(IncidentNotice notice, string author) =>
        CanonicalJson.Write(new JsonObject { ["author"] = author, ["notice"] = Members(notice) });

    /// <summary>Returns the texts in the order in which a person reads them. A reader that does not know the action shows these.</summary>
    public static ImmutableArray<string> Words(IncidentNotice notice) =>
        [notice.Nature, notice.Consequences, notice.Measures, notice.Contact];

    private static JsonObject Members(IncidentNotice notice) => new()
    {
        ["consequences"] = notice.Consequences,
        ["contact"] = notice.Contact,
        ["measures"] = notice.Measures,
        ["nature"] = notice.Nature,
    };

    private static IEnumerable<DraftProblem> Problem(string pointer, string? text, int charsMax) =>
        text is { Length: > 0 } && text.Length <= charsMax && text.Trim().Length == text.Length && IsPlain(text)
            ? []
            : [new DraftProblem(
                pointer, ProblemCode.TextWrong,
                $"A text of 1 to {charsMax} characters is expected, without control characters and outer blanks.")];

    /// <summary>Whether a text has only whole characters, and none that breaks lines or turns the direction of what follows.</summary>
    private static bool IsPlain(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is 0xFFFD or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)) return false;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator) return false;
        }
        return true;
    }
}
