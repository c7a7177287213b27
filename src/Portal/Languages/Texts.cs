using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace Scoring.Languages;

/// <summary>
/// The texts of a request's language. A key is the name of a resource file, a dot and the name of the text: <c>join.title</c> is the text
/// <c>title</c> of <c>Texts/{language}/Join.resx</c>.
/// </summary>
public sealed class Texts(Language language)
{
    private static readonly ConcurrentDictionary<string, ResourceManager> Files = new(StringComparer.Ordinal);

    /// <summary>The language.</summary>
    public Language Language { get; } = language;

    /// <summary>Returns a text.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text, which a test rules out.</exception>
    public string this[string key] => Find(key) ?? throw new KeyNotFoundException($"There is no text {key} in {Language.Tag}.");

    /// <summary>Returns a text with values in its places <c>{0}</c>, <c>{1}</c> and so on.</summary>
    public string this[string key, params object?[] values] => string.Format(
        Language.Format, this[key], [.. values.Select(value => value switch
        {
            DateOnly day => Day(day),
            long or int => Number(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            _ => value,
        })]);

    /// <summary>Returns a text, or <see langword="null"/>: for words of the API that a later version may add.</summary>
    public string? Find(string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return dot < 1 ? null : File(Language.Tag, key[..dot])?.GetString(key[(dot + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Returns a text about a number of things. Its key has the ending <c>-one</c> for one thing in languages that tell it apart, and
    /// <c>-other</c> otherwise; the number is <c>{0}</c>.
    /// </summary>
    public string Count(string key, long number, params object?[] values) =>
        this[key + (number == 1 && Language.HasSingular ? "-one" : "-other"), [number, .. values]];

    /// <summary>Writes a tier: the lowest one in this language, the others as the city has named them.</summary>
    public string Tier(string name) =>
        name == "baseline" ? this["common.tier-baseline"] : char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    /// <summary>Writes a number with grouped digits and, if negative, a minus sign.</summary>
    public string Number(long number) => number.ToString("#,0;−#,0", Language.Format);

    /// <summary>Writes points as they are added: with a plus or a minus sign.</summary>
    public string Points(long points) => points.ToString("+#,0;−#,0;0", Language.Format);

    /// <summary>Writes a day, for example 24 November 2026.</summary>
    public string Day(DateOnly day) => day.ToString(this["common.day-pattern"], Language.Format);

    /// <summary>Writes a day in few characters, for the axes of charts.</summary>
    public string ShortDay(DateOnly day) => day.ToString(this["common.short-day-pattern"], Language.Format);

    /// <summary>Writes a month and its year.</summary>
    public string Month(DateOnly month) => month.ToString(this["common.month-pattern"], Language.Format);

    /// <summary>Writes an instant in a time zone of the IANA database, to the minute.</summary>
    public string Instant(DateTimeOffset instant, string zone) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone))
            .ToString(this["common.instant-pattern"], Language.Format);

    private static ResourceManager? File(string tag, string area)
    {
        var name = $"Scoring.Texts.{tag.Replace('-', '_')}.{char.ToUpperInvariant(area[0])}{area[1..]}";
        if (Files.TryGetValue(name, out var known)) return known;
        return typeof(Texts).Assembly.GetManifestResourceInfo(name + ".resources") is null
            ? null
            : Files.GetOrAdd(name, found => new ResourceManager(found, typeof(Texts).Assembly));
    }
}
