using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.Rules;

/// <summary>
/// Writes a condition as a rule set's document has it, so that a reader can recompute the rule set's hash: <c>{"all":[…]}</c>,
/// <c>{"any":[…]}</c>, <c>{"not":…}</c>, <c>{"attribute":"…","atLeast":n}</c>, <c>{"attribute":"…","oneOf":[…]}</c>.
/// </summary>
internal sealed class ConditionJsonConverter : JsonConverter<Condition>
{
    /// <inheritdoc/>
    public override Condition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Conditions are only written, never read.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Condition value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case AllOf all:
                writer.WritePropertyName("all");
                JsonSerializer.Serialize(writer, all.Parts, options);
                break;
            case AnyOf any:
                writer.WritePropertyName("any");
                JsonSerializer.Serialize(writer, any.Parts, options);
                break;
            case Negated not:
                writer.WritePropertyName("not");
                JsonSerializer.Serialize(writer, not.Part, options);
                break;
            case IntegerIs integer:
                writer.WriteString("attribute", integer.Attribute);
                writer.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(integer.Operator.ToString()), integer.Value);
                break;
            case OneOf oneOf:
                writer.WriteString("attribute", oneOf.Attribute);
                writer.WritePropertyName("oneOf");
                JsonSerializer.Serialize(writer, oneOf.Values, options);
                break;
            default:
                throw new NotSupportedException("A condition of an unknown kind.");
        }

        writer.WriteEndObject();
    }
}

/// <summary>Writes points as a rule set's document has them: an integer or <c>{"by":"…","rows":{"value":n,…}}</c>.</summary>
internal sealed class PointsJsonConverter : JsonConverter<Points>
{
    /// <inheritdoc/>
    public override Points Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Points are only written, never read.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Points value, JsonSerializerOptions options)
    {
        if (value is FixedPoints points)
        {
            writer.WriteNumberValue(points.Value);
            return;
        }

        var table = value as PointsByValue ?? throw new NotSupportedException("Points of an unknown kind.");
        writer.WriteStartObject();
        writer.WriteString("by", table.Attribute);
        writer.WriteStartObject("rows");
        foreach (var row in table.Rows) writer.WriteNumber(row.Value, row.Points);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}

/// <summary>Writes fading tables as a rule set's document has them: <c>{"30":"…"}</c>, a hash by half-life in days.</summary>
internal sealed class FactorTablesJsonConverter : JsonConverter<ImmutableArray<FactorTableHash>>
{
    /// <inheritdoc/>
    public override ImmutableArray<FactorTableHash> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Tables are only written, never read.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ImmutableArray<FactorTableHash> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var table in value) writer.WriteString(table.HalfLifeDays.ToString(CultureInfo.InvariantCulture), table.Hash);
        writer.WriteEndObject();
    }
}
