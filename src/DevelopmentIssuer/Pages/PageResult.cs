using Microsoft.AspNetCore.Http.HttpResults;

namespace Scoring.Pages;

/// <summary>Answers with one of the pages that are only text and a button.</summary>
internal static class PageResult
{
    /// <summary>A page that says one thing.</summary>
    public static IResult Message(string title, string text, int status = StatusCodes.Status200OK) =>
        Form(title, text, action: null, button: null, [], status);

    /// <summary>The page of a request that is refused.</summary>
    public static IResult Refused(string reason) => Message("Request refused", reason, StatusCodes.Status400BadRequest);

    /// <summary>A page with one button, which sends hidden fields by POST.</summary>
    public static IResult Form(
        string title, string text, string? action, string? button, IEnumerable<KeyValuePair<string, string>> fields,
        int status = StatusCodes.Status200OK) =>
        new RazorComponentResult<MessagePage>(new Dictionary<string, object?>
        {
            [nameof(MessagePage.Title)] = title,
            [nameof(MessagePage.Text)] = text,
            [nameof(MessagePage.Action)] = action,
            [nameof(MessagePage.Button)] = button,
            [nameof(MessagePage.Fields)] = fields.ToArray(),
        }) { StatusCode = status };
}
