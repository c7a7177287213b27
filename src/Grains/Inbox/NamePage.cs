using System.Collections.Immutable;

namespace Scoring.Inbox;

/// <summary>A page of names that come from two places: what is published, and stored states of which only a run was read.</summary>
/// <param name="Names">The names, in ascending ordinal order.</param>
/// <param name="After">The next page has the names after this; <see langword="null"/> at the end.</param>
internal readonly record struct NamePage(ImmutableArray<string> Names, string? After)
{
    /// <summary>Makes a page.</summary>
    /// <param name="published">All published names.</param>
    /// <param name="stored">The first names of stored states after <paramref name="after"/>, ascending, at most one more than fit.</param>
    /// <param name="exists">Whether a stored state is listed although nothing is published under its name.</param>
    /// <param name="after">Only names after this.</param>
    /// <param name="count">The greatest number of names.</param>
    public static NamePage Of(
        IEnumerable<string> published, IReadOnlyList<string> stored, Func<string, bool> exists, string after, int count)
    {
        // Beyond the last stored name that was read there may be others that were not.
        var last = stored.Count > count ? stored[^1] : null;
        var names = published.Where(name => string.CompareOrdinal(name, after) > 0).Concat(stored.Where(exists)).Distinct()
            .Where(name => last is null || string.CompareOrdinal(name, last) <= 0)
            .Order(StringComparer.Ordinal).Take(count + 1).ToArray();
        return names.Length > count ? new NamePage([.. names[..count]], names[count - 1]) : new NamePage([.. names], last);
    }
}
