using Microsoft.AspNetCore.WebUtilities;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Linking;

/// <summary>The link flow without a browser: the way to a source's page, and the source's answer.</summary>
internal static class LinkUse
{
    /// <summary>Where a source's page sends its answer.</summary>
    public const string Return = "/link/return";

    /// <summary>Begins a visit to a source. Returns its state.</summary>
    /// <param name="visit">The person's visit to the portal.</param>
    /// <param name="start">The portal's path that leads to the source.</param>
    public static async Task<string> BeginLink(this HttpVisit visit, string start) =>
        QueryHelpers.ParseQuery((await visit.Open(start)).Location!.Query)["state"].ToString();

    /// <summary>Answers as a source's page does, and opens the page to which the portal leads then.</summary>
    public static async Task<BrowserPage> AnswerLink(this HttpVisit visit, Uri issuer, params (string Name, string Value)[] fields)
    {
        var answer = await visit.Send(Return, issuer.GetLeftPart(UriPartial.Authority), fields);
        return answer.Location is { } next ? await visit.Open(next.OriginalString) : answer;
    }
}
