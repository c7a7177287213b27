using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using Scoring.Clients;
using Scoring.Hosting;

namespace Scoring.Linking;

/// <summary>
/// A request to link something of a source (docs/api.md, Linking a handle): <c>GET linkUri</c> with the parameters below, each exactly
/// once. The answer is <c>POST return_uri</c> with the form fields <c>state</c> and <c>proof</c>, or <c>state</c> and <c>error</c>. Handle
/// and proof are never in an address. A made-up source serves every programme, so that a developer can link for a new one.
/// </summary>
/// <param name="Programme">The programme that the handle is for.</param>
/// <param name="Subject">The participant's pairwise subject.</param>
/// <param name="Audience">The installation of the platform that the proof is for.</param>
/// <param name="State">What the portal recognises its visit by; it comes back unchanged.</param>
/// <param name="ReturnUri">Where the proof goes: an address of a registered application.</param>
public sealed partial record LinkRequest(string Programme, string Subject, string Audience, string State, string ReturnUri)
{
    private const int SubjectCharsMax = 512;

    /// <summary>The parameters, as a form repeats them.</summary>
    public KeyValuePair<string, string>[] Fields =>
    [
        new("programme", Programme), new("subject", Subject), new("audience", Audience), new("state", State), new("return_uri", ReturnUri),
    ];

    /// <summary>Reads the parameters. Returns <see langword="null"/> when one is missing, repeated or not as it must be.</summary>
    internal static LinkRequest? Read(Func<string, StringValues> parameter, IssuerSetup setup, ClientRegistry clients)
    {
        var request = new LinkRequest(
            One(parameter("programme")), One(parameter("subject")), One(parameter("audience")), One(parameter("state")),
            One(parameter("return_uri")));
        return ProgrammeName().IsMatch(request.Programme)
            && IsSubject(request.Subject)
            && request.Audience == setup.Installation
            && StateText().IsMatch(request.State)
            && IsRegistered(request.ReturnUri, clients) ? request : null;
    }

    private static string One(StringValues values) => values is [{ } value] ? value : "";

    private static bool IsSubject(string text) => text.Length is > 0 and <= SubjectCharsMax && !text.Any(char.IsControl);

    // The comparison by origin leaves no room for a user name, another port, or a name that only begins alike.
    private static bool IsRegistered(string address, ClientRegistry clients) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "", Fragment: "" }
        && clients.Origins.Any(origin => origin.GetLeftPart(UriPartial.Authority) == uri.GetLeftPart(UriPartial.Authority));

    [GeneratedRegex(@"\A(?=.{2,63}\z)[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex ProgrammeName();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{22,128}\z")]
    private static partial Regex StateText();
}
