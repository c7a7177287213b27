using Scoring.Client;
using Scoring.Languages;

namespace Scoring.Audit;

/// <summary>Writes the purpose of an audit.</summary>
internal static class PurposeWording
{
    /// <summary>Returns the purpose in the page's language; the word of the API for one that a later version has added.</summary>
    public static string Purpose(this Texts texts, AuditPurpose purpose) =>
        purpose == AuditPurpose.Unknown ? "–" : texts[$"notice.purpose-{Words.Of(purpose)}"];
}
