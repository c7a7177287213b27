using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Hosting;
using Scoring.Problems;

namespace Scoring.Receipts;

/// <summary>The public route of the keys that verify receipts and archives offline.</summary>
internal static class ReceiptRoutes
{
    public static void MapReceipts(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/receipts/keys", Keys).WithName("readReceiptKeys").WithTags("Receipts").AllowAnonymous()
            .WithSummary("List the public keys of receipts and archives")
            .WithDescription(
                "A JSON Web Key Set (RFC 7517): the current key first, then earlier ones. A signature's header names its key by `kid`. Its "
                + "`typ` is `consent-receipt+jwt` for a receipt and `export-manifest+jws` for an archive's manifest.")
            .Refuses(429, 503);

    private static async Task<Ok<JsonWebKeySetResponse>> Keys(IdempotentCalls calls, CancellationToken cancellationToken) =>
        TypedResults.Ok(new JsonWebKeySetResponse(await calls.Send((IReceiptGrain grain) => grain.Keys(), cancellationToken)));
}

/// <summary>A JSON Web Key Set.</summary>
/// <param name="Keys">The keys, the current one first.</param>
internal sealed record JsonWebKeySetResponse(ImmutableArray<ReceiptKey> Keys);
