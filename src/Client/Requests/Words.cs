using System.Text.Json;

namespace Scoring.Client;

/// <summary>The words of the API's closed lists: kebab-case, for example <c>not-mine</c>.</summary>
public static class Words
{
    /// <summary>Returns the word of a member.</summary>
    /// <exception cref="ArgumentException">It is the member for unknown words, or none of the list.</exception>
    public static string Of<T>(T member)
        where T : struct, Enum =>
        List<T>.ByMember.TryGetValue(member, out var word)
            ? word
            : throw new ArgumentException("This member has no word.", nameof(member));

    /// <summary>Returns the member of a word; <see langword="null"/> when this version of the client does not know it.</summary>
    public static T? Find<T>(string word)
        where T : struct, Enum =>
        List<T>.ByWord.TryGetValue(word, out var member) ? member : null;

    /// <summary>Returns every word of a list, in the order of its members.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. List<T>.ByWord.Keys];

    private static class List<T>
        where T : struct, Enum
    {
        public static readonly OrderedDictionary<string, T> ByWord = new(
            Enum.GetValues<T>().Where(member => !EqualityComparer<T>.Default.Equals(member, default)).Select(member =>
                KeyValuePair.Create(JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString()), member)),
            StringComparer.Ordinal);

        public static readonly Dictionary<T, string> ByMember = ByWord.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
