using System.Net;
using System.Text.RegularExpressions;

namespace Scoring.Testing;

/// <summary>An answer to a browser.</summary>
/// <param name="Status">The status.</param>
/// <param name="Location">Where a redirect leads.</param>
/// <param name="Text">The body.</param>
/// <param name="Headers">All headers.</param>
public sealed partial record BrowserPage(
    HttpStatusCode Status, Uri? Location, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Where the page's form leads.</summary>
    public string Action => WebUtility.HtmlDecode(FormAction().Match(Text).Groups[1].Value);

    /// <summary>The hidden fields of the form.</summary>
    public KeyValuePair<string, string>[] Hidden =>
    [
        .. HiddenField().Matches(Text).Select(input => KeyValuePair.Create(
            WebUtility.HtmlDecode(input.Groups[1].Value), WebUtility.HtmlDecode(input.Groups[2].Value))),
    ];

    /// <summary>The value of a hidden field.</summary>
    public string Field(string name) => Hidden.Single(field => field.Key == name).Value;

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
