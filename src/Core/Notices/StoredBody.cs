using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Scoring.Notices;

/// <summary>The members of a stored body that words are made of; what is not there, or not of its form, is nothing.</summary>
internal sealed class StoredBody : IDisposable
{
    private readonly JsonDocument _body;

    private StoredBody(JsonDocument body) => _body = body;

    public static StoredBody Read(byte[] body) => new(JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body));

    public static StoredBody Read(string? body) => new(JsonDocument.Parse(body ?? "{}"));

    public string? Text(string name) => Find(name, JsonValueKind.String)?.GetString();

    public long? Number(string name) => Find(name, JsonValueKind.Number) is { } found && found.TryGetInt64(out var number) ? number : null;

    public bool Is(string name) => Find(name, JsonValueKind.True) is not null;

    public byte[]? Json(string name) => Find(name, JsonValueKind.Object) is { } found ? Encoding.UTF8.GetBytes(found.GetRawText()) : null;

    public DateTimeOffset? Instant(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    public void Dispose() => _body.Dispose();

    private JsonElement? Find(string name, JsonValueKind kind) =>
        _body.RootElement.ValueKind == JsonValueKind.Object && _body.RootElement.TryGetProperty(name, out var found)
        && found.ValueKind == kind ? found : null;
}
