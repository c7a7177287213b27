using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>How the client writes and reads JSON, for callers who keep or show its records.</summary>
public static class ScoringJson
{
    /// <summary>
    /// The options of requests and answers. A member that an answer must have and has not is a <see cref="JsonException"/>; members that
    /// this version does not know are passed over.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create(isStrict: true);

    /// <summary>The options of problem details: whatever is there is read.</summary>
    internal static JsonSerializerOptions Lenient { get; } = Create(isStrict: false);

    private static JsonSerializerOptions Create(bool isStrict)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = isStrict,
            RespectRequiredConstructorParameters = isStrict,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
