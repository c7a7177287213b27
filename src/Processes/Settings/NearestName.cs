namespace Scoring.Settings;

/// <summary>Finds the name that a misspelt one was meant to be.</summary>
internal static class NearestName
{
    /// <summary>Returns the nearest name by edit distance, without regard to case; <see langword="null"/> when none is near.</summary>
    public static string? Of(string text, IEnumerable<string> names)
    {
        var far = Math.Max(2, text.Length / 4) + 1;
        return names.Select(name => (Name: name, Distance: Distance(text, name))).Where(found => found.Distance < far)
            .OrderBy(found => found.Distance).ThenBy(found => found.Name, StringComparer.Ordinal)
            .Select(found => found.Name).FirstOrDefault();
    }

    /// <summary>Levenshtein's distance: how many letters to add, remove or change.</summary>
    private static int Distance(string text, string name)
    {
        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        for (var i = 1; i <= text.Length; i++)
        {
            var before = row[0];
            row[0] = i;
            for (var j = 1; j <= name.Length; j++)
            {
                var above = row[j];
                var same = char.ToUpperInvariant(text[i - 1]) == char.ToUpperInvariant(name[j - 1]);
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, before + (same ? 0 : 1));
                before = above;
            }
        }
        return row[^1];
    }
}
