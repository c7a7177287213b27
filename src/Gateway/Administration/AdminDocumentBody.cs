using System.Text.Json;
using Microsoft.Extensions.Options;
using Scoring.Intake;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Administration;

/// <summary>
/// The body of a draft or a registration: one JSON object, read strictly and handed on byte by byte. What is wrong with its content is
/// for the platform behind to say.
/// </summary>
/// <param name="Bytes">As they were sent.</param>
/// <param name="Root">The object; undefined when refused.</param>
/// <param name="Refusal">Why it is not taken, or <see langword="null"/>.</param>
internal sealed record AdminDocumentBody(byte[] Bytes, JsonElement Root, ProblemResult? Refusal)
{
    /// <summary>Reads the whole body.</summary>
    /// <exception cref="BadHttpRequestException">It is too large (413) or does not arrive (408).</exception>
    public static async Task<AdminDocumentBody> Read(HttpContext http, CancellationToken cancellationToken)
    {
        var limits = http.RequestServices.GetRequiredService<IOptions<GatewayLimits>>().Value;
        if (!EventContent.IsJson(http.Request.ContentType ?? "") || EventContent.IsCoded(http.Request))
            return Not(new ProblemResult(Problem.UnsupportedMediaType) { Detail = $"Send {EventContent.Json}; in UTF-8, uncompressed." });
        using var body = await RequestBody.Read(http.Request, limits.AdminBodyBytesMax, cancellationToken);
        return Of(body.Span.ToArray(), limits.AdminJsonDepthMax);
    }

    private static AdminDocumentBody Of(byte[] bytes, int depthMax)
    {
        if (JsonText.Unsound(bytes) is { } unsound) return Malformed(unsound);
        try
        {
            if (HoldsLoneSurrogate(bytes, depthMax)) return Malformed("A text holds half of a surrogate pair.");
            var root = JsonElement.Parse(bytes, new JsonDocumentOptions { MaxDepth = depthMax, AllowDuplicateProperties = false });
            return root.ValueKind == JsonValueKind.Object ? new(bytes, root, null) : Malformed("It must be an object.");
        }
        catch (JsonException exception)
        {
            return Malformed(exception.LineNumber is null ? "A member stands there twice." : JsonText.Broken(exception, depthMax));
        }
    }

    private static bool HoldsLoneSurrogate(ReadOnlySpan<byte> bytes, int depthMax)
    {
        var reader = new Utf8JsonReader(bytes, new() { MaxDepth = depthMax });
        var buffer = new char[bytes.Length];
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped
                && !JsonText.TryCopy(ref reader, buffer, out _))
                return true;
        return false;
    }

    private static AdminDocumentBody Malformed(string detail) => Not(new ProblemResult(Problem.MalformedJson) { Detail = detail });

    private static AdminDocumentBody Not(ProblemResult refusal) => new([], default, refusal);
}

/// <summary>Marks a route whose body is such a document, for the OpenAPI document.</summary>
/// <param name="IsRegistration">A registration's change; otherwise a draft.</param>
internal sealed record AdminBodyMetadata(bool IsRegistration);
