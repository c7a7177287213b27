using System.Globalization;

namespace Scoring.Editing;

/// <summary>Finds the field of a form to which a JSON pointer into a draft leads.</summary>
internal static class FieldPlaces
{
    /// <summary>The field that holds the whole draft as JSON.</summary>
    public const string Json = "json";

    /// <summary>Returns the nearest field of the form; the field of the JSON where the form shows nothing of the place.</summary>
    /// <param name="pointer">The JSON pointer (RFC 6901).</param>
    /// <param name="fields">The fields of the form.</param>
    public static string Of(string pointer, DraftFields fields)
    {
        var tokens = pointer.Split('/').Skip(1)
            .Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        for (var count = tokens.Length; count > 0; count--)
        {
            var name = Name(tokens[..count]);
            foreach (var candidate in Candidates(name))
                if (fields.Has(candidate) || IsShown(candidate)) return candidate;
        }
        return Json;
    }

    /// <summary>A list of choices has its field also when none is chosen.</summary>
    private static bool IsShown(string name) =>
        name is DraftDocument.Terms + ".eventTypes" or DraftDocument.Terms + ".effects" or "ruleSet.rules" or "ruleSet.tiers"
            or "assessment.risks";

    private static string[] Candidates(string name) =>
        [name, $"{name}.id", $"{name}.kind", $"{name}.name", $"{name}.tier", $"{name}.risk"];

    private static string Name(IReadOnlyList<string> tokens)
    {
        var name = new List<string>();
        var isCondition = false;
        for (var index = 0; index < tokens.Count; index++)
        {
            var token = tokens[index];
            isCondition |= token == "when";
            switch (token)
            {
                case "all" or "any" when isCondition:
                    name.Add("parts");
                    break;
                case "not" when isCondition:
                    name.Add("parts.0");
                    break;
                case ConditionShape.OneOf when isCondition:
                    name.Add(token);
                    index = tokens.Count;
                    break;
                case var comparison when isCondition && ConditionShape.Comparisons.Contains(comparison):
                    name.Add("value");
                    break;
                case "rows":
                    name.Add("row");
                    break;
                case var number when index > 0 && tokens[index - 1] is "eventTypes" or "affectedGroups"
                    && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _):
                    break; // one field holds them all
                default:
                    name.Add(token);
                    break;
            }
        }
        return string.Join('.', name);
    }
}
