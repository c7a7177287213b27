using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Scoring.Ledger;

namespace Scoring.Exports;

/// <summary>Writes values into archives as the API does: the same words, names and instants.</summary>
internal sealed class ArchiveFormat(IOptions<JsonOptions> json)
{
    public JsonSerializerOptions Json => json.Value.SerializerOptions;

    /// <summary>The API's word for a kind; its number when this version of the gateway does not know it.</summary>
    public static string Word(EntryKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>An instant as the API writes it.</summary>
    public string? Text(DateTimeOffset? at) => at is null ? null : JsonSerializer.Serialize(at, Json).Trim('"');
}
