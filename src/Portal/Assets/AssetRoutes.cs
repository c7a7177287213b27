namespace Scoring.Assets;

/// <summary>Serves the files of the pages.</summary>
internal static class AssetRoutes
{
    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        app.MapGet("/assets/{hash}/{name}", Serve);
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapGet("/robots.txt", () => Results.Text("User-agent: *\nDisallow: /my\nDisallow: /link\n"));
    }

    private static IResult Serve(string hash, string name, AssetFiles files, HttpContext context)
    {
        if (files.Find(name) is not { } file || file.Hash != hash) return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(file.Bytes, file.MediaType);
    }
}
