using System.Globalization;

namespace Scoring.Notices;

/// <summary>
/// A place in a subject's timeline. Entries and administrative actions have separate numbers, so a place has both: after it come exactly
/// the entries with greater turns and the actions with greater numbers.
/// </summary>
/// <param name="Turn">The last turn reported; 0 for none.</param>
/// <param name="Act">The number of the last administrative action reported; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("scoring.notice-place")]
public readonly record struct NoticePlace(long Turn, long Act)
{
    /// <summary>The place before the first notice.</summary>
    public static NoticePlace Start => default;

    /// <summary>Prints <c>{turn}-{act}</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Turn}-{Act}");

    /// <summary>
    /// Parses what <see cref="ToString"/> prints: two decimal numbers without sign or leading zeros. Returns <see langword="false"/> for
    /// any other text.
    /// </summary>
    public static bool TryParse(string? text, out NoticePlace place)
    {
        place = default;
        var parts = text?.Split('-');
        if (parts is not [var turnText, var actText] || !TryParseNumber(turnText, out var turn) || !TryParseNumber(actText, out var act))
            return false;
        place = new NoticePlace(turn, act);
        return true;
    }

    private static bool TryParseNumber(string text, out long number)
    {
        number = 0;
        return text.Length is > 0 and <= 19 && text.All(char.IsAsciiDigit) && (text[0] != '0' || text.Length == 1)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
