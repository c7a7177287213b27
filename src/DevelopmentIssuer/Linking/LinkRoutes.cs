using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Clients;
using Scoring.Hosting;
using Scoring.Pages;

namespace Scoring.Linking;

/// <summary>
/// Plays the linking page of each made-up source. A person chooses what is theirs, which takes the place of a source's own sign-in, and a
/// form with one button carries the proof back. Every request that is not as <see cref="LinkRequest"/> says is refused in one way.
/// </summary>
internal static class LinkRoutes
{
    public const string Chosen = "thing";

    public static void MapLinking(this IEndpointRouteBuilder app)
    {
        app.MapGet("/link/{name}", Show);
        app.MapPost("/link/{name}", Answer);
    }

    /// <summary>The path of a source's linking page.</summary>
    public static string PathOf(string name) => "/link/" + name;

    private static IResult Show(string name, HttpContext context, IssuerSetup setup, ClientRegistry clients, IAntiforgery antiforgery)
    {
        if (Find(setup, name) is not { } source
            || LinkRequest.Read(parameter => context.Request.Query[parameter], setup, clients) is not { } request) return Refused();
        var token = antiforgery.GetAndStoreTokens(context);
        return new RazorComponentResult<LinkPage>(new Dictionary<string, object?>
        {
            [nameof(LinkPage.Source)] = source,
            [nameof(LinkPage.Request)] = request,
            [nameof(LinkPage.TokenName)] = token.FormFieldName,
            [nameof(LinkPage.Token)] = token.RequestToken,
        });
    }

    private static async Task<IResult> Answer(
        string name, HttpContext context, LinkDependencies dependencies, CancellationToken cancellationToken)
    {
        var (setup, clients, antiforgery, signer) = dependencies;
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context)) return Refused();
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (Find(setup, name) is not { } source
            || LinkRequest.Read(parameter => form[parameter], setup, clients) is not { } request
            || form[Chosen] is not [{ } chosen]) return Refused();

        if (chosen.Length == 0) return Back(source, request, "You chose to link nothing.", new("error", "access_denied"));
        if (LinkableThing.Of(source).FirstOrDefault(thing => thing.Id == chosen) is not { } thing) return Refused();
        return Back(
            source, request, $"{source.Title} confirms that this is yours: {thing.Name}.",
            new("proof", signer.Sign(source, thing, request)));
    }

    private static LinkingSource? Find(IssuerSetup setup, string name) => setup.Sources.FirstOrDefault(source => source.Name == name);

    private static IResult Back(LinkingSource source, LinkRequest request, string text, KeyValuePair<string, string> outcome) =>
        PageResult.Form($"Go back from {source.Title}", text, request.ReturnUri, "Continue", [new("state", request.State), outcome]);

    private static IResult Refused() => PageResult.Refused("The request to link something is not valid. Go back to the application.");
}

/// <summary>What the answer of a linking page needs.</summary>
internal sealed record LinkDependencies(
    IssuerSetup Setup, ClientRegistry Clients, IAntiforgery Antiforgery, HandleProofSigner Signer);
