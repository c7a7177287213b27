using System.Text.Json;
using System.Text.Json.Serialization;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>A programme's name as plain text; empty for the default value.</summary>
internal sealed class StoredProgrammeIdConverter : JsonConverter<ProgrammeId>
{
    public override ProgrammeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is not { Length: > 0 } text ? default
        : ProgrammeId.TryParse(text, out var id) ? id : throw new JsonException("This is no programme's name.");

    public override void Write(Utf8JsonWriter writer, ProgrammeId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
