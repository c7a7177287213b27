using System.Globalization;

namespace Scoring.Notices;

/// <summary>
/// A place in a subject's timeline. Entries and public acts are numbered each on their own, so it takes both numbers: what comes after it
/// are exactly the entries with greater turns and the acts with greater numbers, whatever was told in between and in what order.
/// </summary>
/// <param name="Turn">The last turn told; 0 for none.</param>
/// <param name="Act">The last act's number told; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("scoring.notice-place")]
public readonly record struct NoticePlace(long Turn, long Act)
{
    /// <summary>Before everything.</summary>
    public static NoticePlace Start => default;

    /// <summary><c>{turn}-{act}</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Turn}-{Act}");

    /// <summary>Reads a place exactly as it is written: two decimal numbers without sign or leading zeros.</summary>
    public static bool TryParse(string? text, out NoticePlace place)
    {
        place = default;
        var parts = text?.Split('-');
        if (parts is not [var turn, var act] || !IsNumber(turn, out var t) || !IsNumber(act, out var a)) return false;
        place = new NoticePlace(t, a);
        return true;
    }

    private static bool IsNumber(string text, out long number)
    {
        number = 0;
        return text.Length is > 0 and <= 19 && text.All(char.IsAsciiDigit) && (text[0] != '0' || text.Length == 1)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
