using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Bench.Measuring;

/// <summary>The figures of a result, under the names that its line of JSON gives them.</summary>
public static class Figures
{
    /// <summary>
    /// Returns all values of a result in their order. A value inside another has both names, with a dot; one of a list has the first text
    /// of its element, or its number.
    /// </summary>
    public static IEnumerable<(string Name, JsonValue Value)> Of(JsonNode result, string name = "") => result switch
    {
        JsonObject members => members.Where(member => member.Value is not null)
            .SelectMany(member => Of(member.Value!, name.Length == 0 ? member.Key : $"{name}.{member.Key}")),
        JsonArray list => list.Where(element => element is not null)
            .SelectMany((element, index) => Of(element!, $"{name}[{Label(element!, index)}]")),
        _ => [(name, result.AsValue())],
    };

    /// <summary>Prints a result: a table for people on stderr, and one line of JSON on stdout.</summary>
    public static void Print(object result)
    {
        var json = JsonSerializer.SerializeToNode(result, result.GetType(), JsonSerializerOptions.Web)!;
        var figures = Of(json).Select(figure => (figure.Name, Text: Text(figure.Value))).ToArray();
        var width = figures.Max(figure => figure.Name.Length);
        foreach (var (name, text) in figures) Console.Error.WriteLine($"{name.PadRight(width)} {text,14}");
        Console.WriteLine(json.ToJsonString());
    }

    private static string Label(JsonNode element, int index) =>
        element is JsonObject members && members.FirstOrDefault().Value is JsonValue first && first.TryGetValue<string>(out var text)
            ? text
            : index.ToString(CultureInfo.InvariantCulture);

    private static string Text(JsonValue value) => value.GetValueKind() == JsonValueKind.Number
        ? value.Deserialize<double>().ToString("#,##0.###", CultureInfo.InvariantCulture)
        : value.ToString();
}
