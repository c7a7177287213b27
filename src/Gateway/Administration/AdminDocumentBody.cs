using System.Text.Json;
using Microsoft.Extensions.Options;
using Scoring.Intake;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Administration;

/// <summary>
/// The body of a draft or a registration: one JSON object, read strictly and passed on with unchanged bytes. The platform behind the
/// gateway checks its content.
/// </summary>
/// <param name="Bytes">The bytes as they were sent; empty when refused.</param>
/// <param name="Root">The object; undefined when refused.</param>
/// <param name="Refusal">Why the body is refused; otherwise <see langword="null"/>.</param>
internal sealed record AdminDocumentBody(byte[] Bytes, JsonElement Root, ProblemResult? Refusal)
{
    /// <summary>Reads the whole body.</summary>
    /// <exception cref="BadHttpRequestException">The body is too large (413) or does not arrive in time (408).</exception>
    public static async Task<AdminDocumentBody> Read(HttpContext http, CancellationToken cancellationToken)
    {
        var limits = http.RequestServices.GetRequiredService<IOptions<GatewayLimits>>().Value;
        if (!EventContent.IsJson(http.Request.ContentType ?? "") || EventContent.IsCoded(http.Request))
            return Refuse(new ProblemResult(Problem.UnsupportedMediaType) { Detail = EventContent.AcceptedJson });
        using var body = await RequestBody.Read(http.Request, limits.AdminBodyBytesMax, cancellationToken);
        return Of(body.Span.ToArray(), limits.AdminJsonDepthMax);
    }

    private static AdminDocumentBody Of(byte[] bytes, int depthMax)
    {
        if (JsonText.EncodingFault(bytes) is { } fault) return Malformed(fault);
        try
        {
            if (ContainsLoneSurrogate(bytes, depthMax)) return Malformed("A text contains half of a surrogate pair.");
            var root = JsonElement.Parse(bytes, new JsonDocumentOptions { MaxDepth = depthMax, AllowDuplicateProperties = false });
            return root.ValueKind == JsonValueKind.Object ? new(bytes, root, null) : Malformed("It must be an object.");
        }
        catch (JsonException exception)
        {
            return Malformed(exception.LineNumber is null ? "A member is duplicate." : JsonText.SyntaxFault(exception, depthMax));
        }
    }

    private static bool ContainsLoneSurrogate(ReadOnlySpan<byte> bytes, int depthMax)
    {
        var reader = new Utf8JsonReader(bytes, new() { MaxDepth = depthMax });
        var buffer = new char[bytes.Length];
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped
                && !JsonText.TryCopy(ref reader, buffer, out _))
                return true;
        return false;
    }

    private static AdminDocumentBody Malformed(string detail) => Refuse(new ProblemResult(Problem.MalformedJson) { Detail = detail });

    private static AdminDocumentBody Refuse(ProblemResult refusal) => new([], default, refusal);
}

/// <summary>Marks a route whose body is a draft or a registration for the OpenAPI document.</summary>
/// <param name="IsRegistration">Whether the body is a change of a registration; otherwise it is a draft.</param>
internal sealed record AdminBodyMetadata(bool IsRegistration);
