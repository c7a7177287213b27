using System.Globalization;
using System.Text.RegularExpressions;

namespace Scoring.Requests;

/// <summary>
/// A <c>.http</c> file in the syntax that Visual Studio, Rider and the REST Client of Visual Studio Code share. Any other syntax is an
/// error, so that no request is skipped.
/// </summary>
internal sealed partial record HttpFile(string Name, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<HttpFileRequest> Requests)
{
    public static HttpFile Parse(string name, string text)
    {
        var blocks = Separator().Split(text.ReplaceLineEndings("\n"));
        var variables = new Dictionary<string, string>();
        foreach (var line in blocks[0].Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            if (Variable().Match(line) is not { Success: true } found) throw new FormatException($"{name}: '{line}' is not a variable.");
            if (!variables.TryAdd(found.Groups["name"].Value, found.Groups["value"].Value))
                throw new FormatException($"{name}: the variable of '{line}' is defined twice.");
        }
        var requests = blocks.Skip(1).Select(block => HttpFileRequest.Parse(name, block)).ToArray();
        if (requests.Where(request => request.Name is not null).GroupBy(request => request.Name).Any(same => same.Count() > 1))
            throw new FormatException($"{name}: two requests have the same name.");
        return new HttpFile(name, variables, requests);
    }

    [GeneratedRegex("^###", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^@(?<name>[A-Za-z]\w*) = (?<value>\S+)$")]
    private static partial Regex Variable();
}

/// <summary>One request of a file, before its variables are replaced.</summary>
internal sealed partial record HttpFileRequest(
    string Title, string? Name, int Expected, string Method, string Url, IReadOnlyList<(string Name, string Value)> Headers, string? Body)
{
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="block">The text after the three number signs of the separator.</param>
    public static HttpFileRequest Parse(string file, string block)
    {
        var lines = block.Split('\n');
        var title = lines[0].Trim();
        if (title.Length == 0) throw new FormatException($"{file}: a request has no title after ###.");
        FormatException Wrong(string what) => new($"{file}, '{title}': {what}");

        var comments = lines.Skip(1).TakeWhile(line => line.StartsWith('#')).ToArray();
        var expected = comments.Select(line => Expect().Match(line)).Where(found => found.Success).ToArray();
        if (expected.Length != 1) throw Wrong("there must be one comment such as '# Expect 200'.");
        var named = comments.Select(line => Named().Match(line)).Where(found => found.Success).ToArray();
        if (named.Length > 1 || named.Length == 1 && !Named().IsMatch(comments[^1]))
            throw Wrong("'# @name' may occur once, directly above the request line.");

        var rest = lines.Skip(1 + comments.Length).ToArray();
        if (rest.Length == 0 || RequestLine().Match(rest[0]) is not { Success: true } request)
            throw Wrong("a request line such as 'GET {{address}}/v1/programmes' must follow the comments.");
        var headers = rest.Skip(1).TakeWhile(line => line.Length > 0).Select(line =>
            Header().Match(line) is { Success: true } found
                ? (found.Groups["name"].Value, found.Groups["value"].Value)
                : throw Wrong($"'{line}' is not a header.")).ToArray();
        var body = string.Join('\n', rest.Skip(1 + headers.Length)).Trim('\n');
        if (AnotherRequest().IsMatch(body)) throw Wrong("the body holds another request line; put ### above it.");
        return new HttpFileRequest(
            title, named.Length == 1 ? named[0].Groups["name"].Value : null,
            int.Parse(expected[0].Groups["status"].Value, CultureInfo.InvariantCulture),
            request.Groups["method"].Value, request.Groups["url"].Value, headers, body.Length == 0 ? null : body);
    }

    [GeneratedRegex(@"^# Expect (?<status>[1-5]\d\d)$")]
    private static partial Regex Expect();

    [GeneratedRegex(@"^# @name (?<name>[A-Za-z]\w*)$")]
    private static partial Regex Named();

    [GeneratedRegex(@"^(?<method>GET|HEAD|POST|PUT|DELETE) (?<url>\S+)$")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"^(?<name>[A-Za-z][A-Za-z0-9-]*): (?<value>\S.*)$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^(GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS) ", RegexOptions.Multiline)]
    private static partial Regex AnotherRequest();
}
