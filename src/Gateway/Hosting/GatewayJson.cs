using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Scoring.Administration;
using Scoring.Contests;
using Scoring.Enrolments;
using Scoring.Intake;
using Scoring.Notices;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Hosting;

/// <summary>
/// Configures JSON: strict reading, camelCase members, enums in kebab-case, instants in UTC, entry bodies as they are stored.
/// </summary>
internal static class GatewayJson
{
    private static readonly Type[] TypesWithDocument =
    [
        typeof(HistoryEntry), typeof(DraftView), typeof(RegistrationView), typeof(ProposalView), typeof(CaseFile), typeof(Notice),
        typeof(EventNotice),
    ];

    /// <summary>Applies the configuration.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new ProgrammeIdJsonConverter());
        options.Converters.Add(new InstantJsonConverter());
        options.Converters.Add(new CasePlaceJsonConverter());
        options.Converters.Add(new ConditionJsonConverter());
        options.Converters.Add(new PointsJsonConverter());
        options.Converters.Add(new FactorTablesJsonConverter());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ConfigureContract } };
    }

    // The contracts do not depend on JSON, so their exceptions are configured here.
    private static void ConfigureContract(JsonTypeInfo type)
    {
        if (TypesWithDocument.Contains(type.Type))
            type.Properties.Single(p => p.PropertyType == typeof(byte[])).CustomConverter = new EntryBodyJsonConverter();
        if (type.Type == typeof(RecordedAdminAction))
            type.Properties.Single(p => p.Name == "details").CustomConverter = new DetailsJsonConverter();
        if (type.Type == typeof(Risk)) // the assessment's document calls it so
            type.Properties.Single(p => p.Name == "description").Name = "risk";
        // A rule set's hash is the hash of its document, which leaves out an absent condition, empty corrections and empty tables.
        if (type.Type == typeof(Rule))
            type.Properties.Single(p => p.PropertyType == typeof(Condition)).ShouldSerialize = (_, when) => when is not null;
        if (type.Type == typeof(RuleSet))
        {
            type.Properties.Single(p => p.Name == "corrections").ShouldSerialize = (set, _) => !((RuleSet)set).Corrections.IsEmpty;
            type.Properties.Single(p => p.Name == "factorTables").ShouldSerialize = (set, _) => !((RuleSet)set).FactorTables.IsEmpty;
        }
    }

    private sealed class ProgrammeIdJsonConverter : JsonConverter<ProgrammeId>
    {
        public override ProgrammeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && ProgrammeId.TryParse(reader.GetString(), out var id)
                ? id
                : throw new JsonException("The text is not a programme's name.");

        public override void Write(Utf8JsonWriter writer, ProgrammeId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class InstantJsonConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Rfc3339.Read(reader.GetString(), out var instant) == InstantParseResult.Sound
                ? instant
                : throw new JsonException("The text is not an instant with offset.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
    }

    private sealed class CasePlaceJsonConverter : JsonConverter<CasePlace>
    {
        public override CasePlace Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Places are only written, never read.");

        public override void Write(Utf8JsonWriter writer, CasePlace value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    private sealed class EntryBodyJsonConverter : JsonConverter<byte[]>
    {
        public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Documents are only written, never read.");

        public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options)
        {
            if (value.Length == 0) writer.WriteNullValue();
            else writer.WriteRawValue(value, skipInputValidation: false);
        }
    }

    private sealed class DetailsJsonConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Details are only written, never read.");

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value);
    }
}
