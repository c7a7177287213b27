using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Scoring.Client;
using Scoring.Hosting;
using Scoring.Problems;
using Scoring.Programmes;
using Scoring.SignIn;

namespace Scoring.Linking;

/// <summary>
/// Leads a person to the linking page of a source and takes its answer (docs/api.md, Linking a handle). Everything that deviates from the
/// flow is refused in one way.
/// </summary>
internal static partial class LinkVisitRoutes
{
    /// <summary>Where a source's page sends its answer.</summary>
    public const string ReturnPath = "/link/return";

    private const string StartPath = "/link/start";
    private const string FinishPath = "/link/finish/";
    private const int ProofCharsMax = 4096;

    public static void MapLinking(this IEndpointRouteBuilder app)
    {
        var participant = new AuthorizeAttribute { Roles = SignInRoles.Participant };
        app.MapGet(StartPath, Start).RequireAuthorization(participant);
        app.MapPost(ReturnPath, Return).DisableAntiforgery(); // it comes from another site; the state stands in for it
        app.MapGet(FinishPath + "{key}", Finish).RequireAuthorization(participant);
    }

    /// <summary>Returns the address that leads to a source's linking page.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="ordinal">The subject; <see langword="null"/> for one that the person is about to enrol.</param>
    /// <param name="source">The source's id.</param>
    public static string PathTo(string programme, int? ordinal, string source)
    {
        var path = QueryHelpers.AddQueryString(
            StartPath, new Dictionary<string, string?> { ["programme"] = programme, ["source"] = source });
        return ordinal is { } subject ? FormattableString.Invariant($"{path}&ordinal={subject}") : path;
    }

    private static async Task<IResult> Start(
        string programme, string source, int? ordinal, HttpContext context, LinkVisitDependencies link,
        CancellationToken cancellationToken)
    {
        var document = await link.Documents.Find(programme, cancellationToken);
        if (document?.FindSource(source)?.LinkUri is not { } page
            || context.User.PlatformName() is not { } subject) return Results.NotFound();
        var ends = link.Time.GetUtcNow().AddMinutes(link.Options.LinkMinutes);
        var visit = link.Session.Required.Links.Begin(programme, ordinal, source, ends);
        return Results.Redirect(QueryHelpers.AddQueryString(page, new Dictionary<string, string?>
        {
            ["programme"] = programme,
            ["subject"] = subject,
            ["audience"] = document.Installation,
            ["state"] = visit.State,
            ["return_uri"] = $"{context.Request.Scheme}://{context.Request.Host}{ReturnPath}",
        }));
    }

    private static async Task<IResult> Return(HttpContext context, LinkAnswers answers, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType) return PortalProblem.LinkRefused.Result("/my");
        var form = await context.Request.ReadFormAsync(cancellationToken);
        return Read(name => form[name]) is { } answer && answers.Keep(answer) is { } key
            ? Results.LocalRedirect(FinishPath + key)
            : PortalProblem.LinkRefused.Result("/my");
    }

    private static async Task<IResult> Finish(string key, LinkVisitDependencies link, CancellationToken cancellationToken)
    {
        if (link.Answers.Take(key) is not { } answer
            || link.Session.Required.Links.Take(answer.State, link.Time.GetUtcNow()) is not { } visit)
            return PortalProblem.LinkRefused.Result("/my");
        var page = visit.Ordinal is { } ordinal
            ? FormattableString.Invariant($"/my/{visit.Programme}/{ordinal}/linked")
            : $"/programmes/{visit.Programme}/join/link";
        if (answer.Proof is not { } proof) return Results.LocalRedirect($"{page}?outcome={answer.Error}");
        if (visit.Ordinal is not { } linked)
        {
            link.Session.Required.Joins.Add(visit.Programme, visit.Source, proof);
            return Results.LocalRedirect(page);
        }
        try
        {
            await link.Client.Subjects.Of(visit.Programme, linked).LinkHandles(new HandleLinkRequest([proof]), cancellationToken);
            return Results.LocalRedirect($"{page}?outcome=linked");
        }
        catch (ScoringProblemException exception)
            when (exception.Kind is ProblemKinds.ProofRefused or ProblemKinds.TooManyHandles)
        {
            return Results.LocalRedirect($"{page}?outcome={exception.Kind}");
        }
    }

    private static LinkAnswer? Read(Func<string, StringValues> field)
    {
        if (field("state") is not [{ } state] || !StateText().IsMatch(state)) return null;
        return (field("proof"), field("error")) switch
        {
            ([{ Length: > 0 and <= ProofCharsMax } proof], []) => new LinkAnswer(state, proof, null),
            ([], ["access_denied" or "temporarily_unavailable"]) => new LinkAnswer(state, null, field("error")),
            _ => null,
        };
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{22,128}\z")]
    private static partial Regex StateText();
}
