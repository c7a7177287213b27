using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>The points that a rule gives each event: one number, or a table by the value of an attribute.</summary>
/// <param name="Each">The points of every event; <see langword="null"/> for a table.</param>
/// <param name="By">The attribute of the table; <see langword="null"/> for one number.</param>
/// <param name="Rows">The points by the attribute's value. Other values give nothing.</param>
[JsonConverter(typeof(PointsConverter))]
public sealed record Points(long? Each, string? By = null, IReadOnlyDictionary<string, long>? Rows = null);

/// <summary>Writes and reads points as an integer or as <c>{"by":"…","rows":{"value":n}}</c>.</summary>
internal sealed class PointsConverter : JsonConverter<Points>
{
    /// <inheritdoc/>
    public override Points Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number) return new Points(reader.GetInt64());
        var table = JsonSerializer.Deserialize<Table>(ref reader, options) ?? throw new JsonException("Points are missing.");
        return new Points(null, table.By, table.Rows);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Points value, JsonSerializerOptions options)
    {
        if (value.Each is { } each) writer.WriteNumberValue(each);
        else JsonSerializer.Serialize(writer, new Table(value.By!, value.Rows!), options);
    }

    private sealed record Table(string By, IReadOnlyDictionary<string, long> Rows);
}
