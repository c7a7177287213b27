using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>
/// Writes and reads a member as its word. A word that this version does not know becomes the member <c>Unknown</c>, which is 0 in every
/// list, because a later version of the API may add words.
/// </summary>
internal sealed class WordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Words.Find<T>(reader.GetString()!) ?? default
            : throw new JsonException($"A word of {typeof(T).Name} is a string.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Words.Of(value));
}
