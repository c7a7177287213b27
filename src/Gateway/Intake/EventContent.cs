using Microsoft.Net.Http.Headers;

namespace Scoring.Intake;

/// <summary>How a request carries events (CloudEvents HTTP protocol binding 1.0, 3.1 to 3.3).</summary>
internal enum EventMode
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>One event in JSON.</summary>
    Structured,

    /// <summary>An array of events in JSON.</summary>
    Batch,

    /// <summary>Attributes in headers, the body is the data.</summary>
    Binary,
}

/// <summary>Tells the modes apart by the content type.</summary>
internal static class EventContent
{
    public const string Structured = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";
    public const string Json = "application/json";
    public const string Taken = $"Send {Structured}, {Batch}, or {Json} with ce- headers; in UTF-8, uncompressed.";

    /// <summary>The mode; none when the type, charset or coding is not taken.</summary>
    public static EventMode ModeOf(HttpRequest request)
    {
        if (IsCoded(request)) return EventMode.None;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsUtf8(type)) return EventMode.None;
        if (type.MediaType.Equals(Structured, StringComparison.OrdinalIgnoreCase)) return EventMode.Structured;
        if (type.MediaType.Equals(Batch, StringComparison.OrdinalIgnoreCase)) return EventMode.Batch;
        return !type.MediaType.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase) && IsJson(type)
            ? EventMode.Binary
            : EventMode.None;
    }

    /// <summary>Whether the body is compressed or coded otherwise.</summary>
    public static bool IsCoded(HttpRequest request)
    {
        var coding = request.Headers.ContentEncoding;
        return coding.Count > 0 && !(coding.Count == 1 && string.Equals(coding[0], "identity", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a media type means JSON in UTF-8.</summary>
    public static bool IsJson(string mediaType) =>
        MediaTypeHeaderValue.TryParse(mediaType, out var type) && IsUtf8(type) && IsJson(type);

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
