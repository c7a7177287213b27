using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Scoring.Client;
using Scoring.Frame;

namespace Scoring.Verification;

/// <summary>Serves the verifier, and the public files that a check needs: keys, the newest checkpoint, and the proof between two.</summary>
internal static class VerifierRoutes
{
    public const string KeysPath = "/verify/keys.txt";
    public const string ReceiptKeysPath = "/verify/receipt-keys.json";
    public const string CheckpointPath = "/verify/checkpoint.txt";
    public const string ProofPath = "/verify/proof.json";

    public static void MapVerifier(this IEndpointRouteBuilder app)
    {
        app.MapGet("/verifier/{hash}/{**name}", Serve);
        app.MapGet(KeysPath, async (ScoringClient client, CancellationToken cancellationToken) =>
            Text(KeysPath, await Public(client).Checkpoints.ReadKeys(cancellationToken)));
        app.MapGet(CheckpointPath, async (ScoringClient client, CancellationToken cancellationToken) =>
            Text(CheckpointPath, await Public(client).Checkpoints.FindLatest(cancellationToken)));
        app.MapGet(ReceiptKeysPath, async (ScoringClient client, CancellationToken cancellationToken) =>
            Json(ReceiptKeysPath, await Public(client).Receipts.ReadKeys(cancellationToken)));
        app.MapGet(ProofPath, async (long from, long to, ScoringClient client, CancellationToken cancellationToken) =>
            Json(ProofPath, await Public(client).Checkpoints.ReadConsistency(from, to, cancellationToken)));
    }

    private static IResult Serve(string hash, string name, VerifierFiles files, HttpContext context)
    {
        if (files.Find(name) is not { } file || !files.Hash.StartsWith(hash, StringComparison.Ordinal) || hash.Length != 16)
            return Results.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        headers.ContentSecurityPolicy = PortalHeaders.OfVerifier;
        if (!context.Request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "br"))
            return Results.Bytes(file.Bytes, file.MediaType);
        headers.ContentEncoding = "br";
        return Results.Bytes(file.Brotli.Value, file.MediaType);
    }

    private static ScoringClient Public(ScoringClient client) => client.As((string?)null);

    private static IResult Text(string path, string content) =>
        Results.File(Encoding.UTF8.GetBytes(content), MediaTypeNames.Text.Plain, Path.GetFileName(path));

    private static IResult Json<T>(string path, T content) => Results.File(
        JsonSerializer.SerializeToUtf8Bytes(content, ScoringJson.Options), MediaTypeNames.Application.Json, Path.GetFileName(path));
}
