using System.Globalization;

namespace Scoring.Languages;

/// <summary>A language of the portal.</summary>
/// <param name="Tag">Its tag (BCP 47), which is also its folder of texts.</param>
/// <param name="Name">Its name in itself.</param>
/// <param name="HasSingular">Whether one thing is named otherwise than several.</param>
public sealed record Language(string Tag, string Name, bool HasSingular)
{
    /// <summary>The languages, the first of which is the default.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        new("en", "English", HasSingular: true),
        new("zh-Hans", "简体中文", HasSingular: false),
    ];

    /// <summary>
    /// Formats numbers. Both languages group digits alike; the patterns of dates are texts. So no data of the operating system is needed
    /// (docs/decisions/0077).
    /// </summary>
    public IFormatProvider Format => CultureInfo.InvariantCulture;

    /// <summary>Returns the language of a tag, or <see langword="null"/>. <c>zh</c>, <c>zh-CN</c> and <c>zh-Hans-CN</c> are one.</summary>
    public static Language? Find(string? tag) =>
        All.FirstOrDefault(language => string.Equals(language.Tag, tag, StringComparison.OrdinalIgnoreCase))
        ?? (tag is null ? null : All.FirstOrDefault(language => Primary(language.Tag) == Primary(tag)));

    private static string Primary(string tag) => tag.Split('-')[0].ToLowerInvariant();
}
