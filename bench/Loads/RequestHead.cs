using System.Text;

namespace Scoring.Bench.Loads;

/// <summary>Writes the beginnings of requests in the form of HTTP/1.1.</summary>
public static class RequestHead
{
    /// <summary>The media type of a batch of events.</summary>
    public const string EventBatch = "application/cloudevents-batch+json";

    /// <summary>The media type of one event.</summary>
    public const string OneEvent = "application/cloudevents+json";

    /// <summary>The media type of every other body.</summary>
    public const string Json = "application/json";

    /// <summary>Returns the head of requests up to the value of the last header, <c>Content-Length</c>.</summary>
    public static byte[] Of(Uri address, string method, string path, string token, string type = Json) => Encoding.ASCII.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\nAccept: {Json}\r\n"
        + $"Content-Type: {type}\r\nContent-Length: ");
}
