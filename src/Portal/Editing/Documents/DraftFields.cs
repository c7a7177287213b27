using System.Globalization;

namespace Scoring.Editing;

/// <summary>
/// The fields of a form that shows a draft: names and texts in their order. A name is the way to a member, as in
/// <c>ruleSet.rules.0.reason</c>; a name may occur several times.
/// </summary>
public sealed class DraftFields
{
    private readonly List<(string Name, string Value)> _all = [];
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<int>> _indexes = new(StringComparer.Ordinal);

    /// <summary>All fields in their order.</summary>
    public IReadOnlyList<(string Name, string Value)> All => _all;

    /// <summary>Adds a field.</summary>
    public void Add(string name, string value)
    {
        _all.Add((name, value));
        if (!_values.TryGetValue(name, out var values)) _values.Add(name, values = []);
        values.Add(value);
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            var end = name.IndexOf('.', dot + 1);
            var part = end < 0 ? name.AsSpan(dot + 1) : name.AsSpan(dot + 1, end - dot - 1);
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) continue;
            if (!_indexes.TryGetValue(name[..dot], out var indexes)) _indexes.Add(name[..dot], indexes = []);
            indexes.Add(index);
        }
    }

    /// <summary>Whether there is such a field.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Returns the trimmed text of a field; empty when it is absent.</summary>
    public string Text(string name) => _values.TryGetValue(name, out var values) ? values[0].Trim() : "";

    /// <summary>Returns the texts of all fields of a name that are not empty.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        _values.TryGetValue(name, out var values) ? [.. values.Where(value => value.Length > 0)] : [];

    /// <summary>Returns the places of the elements of a list, ascending.</summary>
    public IReadOnlyCollection<int> Indexes(string name) => _indexes.TryGetValue(name, out var indexes) ? indexes : [];

    /// <summary>Returns the endings of the names that begin with a name and a dot, in the order of the fields.</summary>
    public IEnumerable<string> Below(string name) =>
        _all.Where(field => field.Name.StartsWith(name + ".", StringComparison.Ordinal)).Select(field => field.Name[(name.Length + 1)..]);
}
