using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Scoring.Notices;

/// <summary>Reads members of a stored body. A member that is missing or has another type is <see langword="null"/>.</summary>
internal sealed class StoredBody : IDisposable
{
    private readonly JsonDocument _body;

    private StoredBody(JsonDocument body) => _body = body;

    /// <summary>Reads the body of an entry; an erased body has no members.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static StoredBody Read(byte[] body) => new(JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body));

    /// <summary>Reads the details of an administrative action, which may have none.</summary>
    /// <exception cref="JsonException">The details are not JSON.</exception>
    public static StoredBody Read(string? body) => new(JsonDocument.Parse(body ?? "{}"));

    /// <summary>A text.</summary>
    public string? Text(string name) => Find(name, JsonValueKind.String)?.GetString();

    /// <summary>An integer of at most 64 bits.</summary>
    public long? Number(string name) =>
        Find(name, JsonValueKind.Number) is { } element && element.TryGetInt64(out var number) ? number : null;

    /// <summary>Whether the member is <c>true</c>.</summary>
    public bool Is(string name) => Find(name, JsonValueKind.True) is not null;

    /// <summary>An object as it is stored, JSON in UTF-8.</summary>
    public byte[]? Json(string name) =>
        Find(name, JsonValueKind.Object) is { } element ? Encoding.UTF8.GetBytes(element.GetRawText()) : null;

    /// <summary>An instant; one without an offset is in UTC.</summary>
    public DateTimeOffset? Instant(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <inheritdoc/>
    public void Dispose() => _body.Dispose();

    private JsonElement? Find(string name, JsonValueKind kind) =>
        _body.RootElement.ValueKind == JsonValueKind.Object && _body.RootElement.TryGetProperty(name, out var element)
        && element.ValueKind == kind ? element : null;
}
