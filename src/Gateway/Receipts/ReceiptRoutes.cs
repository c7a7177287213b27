using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Problems;

namespace Scoring.Receipts;

/// <summary>What everybody needs to verify a receipt or an archive offline.</summary>
internal static class ReceiptRoutes
{
    public static void MapReceipts(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/receipts/keys", Keys).WithName("readReceiptKeys").WithTags("Receipts").AllowAnonymous()
            .WithSummary("The public keys of receipts and archives")
            .WithDescription(
                "A JSON Web Key Set (RFC 7517): the key in use first, then earlier ones. A receipt's header names its key by `kid`; its "
                + "`typ` is `consent-receipt+jwt`, that of an archive's manifest `export-manifest+jws`.")
            .Refuses(429, 503);

    private static async Task<Ok<JsonWebKeySetResponse>> Keys(IGrainFactory grains, CancellationToken cancellationToken) =>
        TypedResults.Ok(new JsonWebKeySetResponse(await grains.GetGrain<IReceiptGrain>(0).Keys().WaitAsync(cancellationToken)));
}

/// <summary>A JSON Web Key Set.</summary>
/// <param name="Keys">The keys.</param>
internal sealed record JsonWebKeySetResponse(ImmutableArray<ReceiptKey> Keys);
