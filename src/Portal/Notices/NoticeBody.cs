using System.Globalization;
using System.Text.Json;
using Scoring.Programmes;

namespace Scoring.Notices;

/// <summary>
/// Reads members of what an entry or an action stores. A member that is missing or has another type is <see langword="null"/>.
/// </summary>
/// <param name="Element">The body as the API sends it.</param>
internal readonly record struct NoticeBody(JsonElement? Element)
{
    /// <summary>Returns a text.</summary>
    public string? Text(string name) => Find(name, JsonValueKind.String)?.GetString();

    /// <summary>Returns an integer.</summary>
    public long? Number(string name) =>
        Find(name, JsonValueKind.Number) is { } member && member.TryGetInt64(out var number) ? number : null;

    /// <summary>Tells whether a member is <c>true</c>.</summary>
    public bool Is(string name) => Find(name, JsonValueKind.True) is not null;

    /// <summary>Returns a day.</summary>
    public DateOnly? Day(string name) => Text(name) is { } text ? ProgrammeDays.Parse(text) : null;

    /// <summary>Returns an instant; one without an offset is in UTC.</summary>
    public DateTimeOffset? Instant(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>Returns an object.</summary>
    public NoticeBody Object(string name) => new(Find(name, JsonValueKind.Object));

    /// <summary>Returns the texts of a list.</summary>
    public IReadOnlyList<string> Texts(string name) => Find(name, JsonValueKind.Array) is { } list
        ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];

    private JsonElement? Find(string name, JsonValueKind kind) =>
        Element is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : null;
}
