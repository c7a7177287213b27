using System.Text.Json.Nodes;

namespace Scoring.Receipts;

/// <summary>Writes the rights under the GDPR, each with the addresses at which it is exercised.</summary>
/// <param name="own">The address of a path below the participant's subject.</param>
/// <param name="at">The address of a path of the API.</param>
/// <param name="notice">The facts of the installation.</param>
internal sealed class RightsNotice(Func<string, string> own, Func<string, string> at, PrivacyNoticeOptions notice)
{
    /// <summary>The rights, Art. 7 (3), 13, 15 to 18, 20 to 22 and 77.</summary>
    public JsonArray Write() => new(
    [
        Right("A7-3", "Withdraw consent", own("")),
        Right("A13", "Be informed", at("/v1/programmes")),
        Right("A15", "See every entry, the score explained and who looked", own("/history"), own("/score"), own("/looks")),
        Right("A16", "Have an entry corrected", own("/contests")),
        Right("A17", "Have everything erased", own("")),
        Right("A18", "Pause everything", own("/restriction")),
        Right("A20", "Take all data along", own("/export")),
        Right("A21", "Object", own("")),
        Right("A22", "Have a human decide", own("/contests")),
        Right("A77", "Complain to the authority", notice.AuthorityContact),
    ]);

    private static JsonObject Right(string article, string title, params ReadOnlySpan<string> exercisedAt) => new()
    {
        ["@type"] = new JsonArray("dpv:DataSubjectRight", "eu-gdpr:" + article),
        ["dct:title"] = title,
        ["dpv:isExercisedAt"] = exercisedAt.Length == 1
            ? exercisedAt[0]
            : new JsonArray([.. exercisedAt.ToArray().Select(address => (JsonNode)address)]),
    };
}
