using System.Text.Json;
using System.Text.Json.Serialization;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>Stores a programme's id as plain text; the default value as an empty one.</summary>
internal sealed class StoredProgrammeIdConverter : JsonConverter<ProgrammeId>
{
    public override ProgrammeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is not { Length: > 0 } text ? default
        : ProgrammeId.TryParse(text, out var id) ? id : throw new JsonException("A stored programme id is not valid.");

    public override void Write(Utf8JsonWriter writer, ProgrammeId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
