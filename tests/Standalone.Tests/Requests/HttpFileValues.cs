using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scoring.Requests;

/// <summary>
/// Replaces <c>{{name}}</c> by a value: a variable of the file, one of the environment, or a part of the answer to an earlier request of
/// the same file.
/// </summary>
internal sealed partial class HttpFileValues(HttpFile file, IReadOnlyDictionary<string, string> environment)
{
    private readonly Dictionary<string, JsonElement> _answers = [];

    /// <summary>The environment's variables that were used so far.</summary>
    public HashSet<string> Used { get; } = [];

    public void Keep(string name, JsonElement answer) => _answers[name] = answer;

    /// <exception cref="FormatException">A value is missing.</exception>
    public string Fill(string text) => Reference().Replace(text, found => ValueOf(found.Groups["what"].Value));

    private string ValueOf(string what)
    {
        if (Answer().Match(what) is { Success: true } answer) return PartOf(answer.Groups["name"].Value, answer.Groups["path"].Value);
        if (file.Variables.TryGetValue(what, out var own)) return Fill(own);
        if (!environment.TryGetValue(what, out var value)) throw new FormatException($"{file.Name}: no variable is called '{what}'.");
        Used.Add(what);
        return value;
    }

    private string PartOf(string name, string path)
    {
        if (!_answers.TryGetValue(name, out var part))
            throw new FormatException($"{file.Name}: no request called '{name}' has an earlier answer in JSON.");
        foreach (Match step in Step().Matches(path))
        {
            var index = step.Groups["index"];
            part = index.Success
                ? part.EnumerateArray().ElementAt(int.Parse(index.Value, CultureInfo.InvariantCulture))
                : part.GetProperty(step.Groups["member"].Value);
        }
        return part.ValueKind switch
        {
            JsonValueKind.String => part.GetString()!,
            JsonValueKind.Number => part.GetRawText(),
            _ => throw new FormatException($"{file.Name}: {path} of the answer to '{name}' is neither a string nor a number."),
        };
    }

    [GeneratedRegex(@"\{\{(?<what>.*?)\}\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(?<name>\w+)\.response\.body\.\$(?<path>(\.\w+|\[\d+\])+)$")]
    private static partial Regex Answer();

    [GeneratedRegex(@"\.(?<member>\w+)|\[(?<index>\d+)\]")]
    private static partial Regex Step();
}
