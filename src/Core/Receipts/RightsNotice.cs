using System.Text.Json.Nodes;

namespace Scoring.Receipts;

/// <summary>The rights under the GDPR with the address at which each is exercised.</summary>
internal sealed class RightsNotice(Func<string, string> own, Func<string, string> at, PrivacyNoticeOptions notice)
{
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
