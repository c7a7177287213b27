using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Scoring.Ledger;

namespace Scoring.Exports;

/// <summary>How an archive writes what the API also answers: the same words, names and instants.</summary>
internal sealed class ArchiveFormat(IOptions<JsonOptions> json)
{
    public JsonSerializerOptions Json => json.Value.SerializerOptions;

    /// <summary>The API's word for a kind; its number where this gateway does not know it yet.</summary>
    public static string Word(EntryKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>An instant as the API writes it.</summary>
    public string? Text(DateTimeOffset? at) => at is null ? null : JsonSerializer.Serialize(at, Json).Trim('"');
}
