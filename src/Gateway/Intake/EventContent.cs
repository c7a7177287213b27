using Microsoft.Net.Http.Headers;

namespace Scoring.Intake;

/// <summary>How a request carries events (CloudEvents HTTP protocol binding 1.0, 3.1 to 3.3).</summary>
internal enum EventMode
{
    /// <summary>The request does not carry events.</summary>
    None,

    /// <summary>One event in JSON.</summary>
    Structured,

    /// <summary>An array of events in JSON.</summary>
    Batch,

    /// <summary>One event with its attributes in headers and its data as the body.</summary>
    Binary,
}

/// <summary>Determines the mode of a request from its content type.</summary>
internal static class EventContent
{
    public const string Structured = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";
    public const string Json = "application/json";
    public const string Accepted = $"Send {Structured}, {Batch}, or {Json} with ce- headers, in UTF-8 and uncompressed.";
    public const string AcceptedJson = $"Send {Json} in UTF-8, uncompressed.";

    /// <summary>The mode; <see cref="EventMode.None"/> when the content type, charset or coding is not supported.</summary>
    public static EventMode ModeOf(HttpRequest request)
    {
        if (IsCoded(request)) return EventMode.None;
        if (request.ContentType is Structured) return EventMode.Structured;
        if (request.ContentType is Batch) return EventMode.Batch;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsUtf8(type)) return EventMode.None;
        if (type.MediaType.Equals(Structured, StringComparison.OrdinalIgnoreCase)) return EventMode.Structured;
        if (type.MediaType.Equals(Batch, StringComparison.OrdinalIgnoreCase)) return EventMode.Batch;
        return !type.MediaType.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase) && IsJson(type)
            ? EventMode.Binary
            : EventMode.None;
    }

    /// <summary>Whether the body has a content coding, such as compression.</summary>
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
