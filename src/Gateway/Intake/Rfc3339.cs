namespace Scoring.Intake;

/// <summary>The result of parsing an instant.</summary>
internal enum InstantParseResult
{
    /// <summary>The text is a valid instant.</summary>
    Sound,

    /// <summary>The text does not have the form of RFC 3339.</summary>
    Malformed,

    /// <summary>The instant is before year 1 or after year 9999 in UTC.</summary>
    OutOfRange,
}

/// <summary>Parses an instant with offset (RFC 3339, date-time) strictly. Fractions finer than 100 ns are truncated.</summary>
internal static class Rfc3339
{
    private const int SecondsEnd = 19;

    /// <summary>Parses <paramref name="text"/> into an instant in UTC. A leap second becomes the last instant of its minute.</summary>
    public static InstantParseResult Read(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length < SecondsEnd + 1 || !HasSeparators(text)) return InstantParseResult.Malformed;
        if (!TryTwoDigits(text, 0, 99, out var century) || !TryTwoDigits(text, 2, 99, out var yearOfCentury)
            || !TryTwoDigits(text, 5, 12, out var month) || !TryTwoDigits(text, 8, 31, out var day)
            || !TryTwoDigits(text, 11, 23, out var hour) || !TryTwoDigits(text, 14, 59, out var minute)
            || !TryTwoDigits(text, 17, 60, out var second))
            return InstantParseResult.Malformed;

        var rest = text[SecondsEnd..];
        if (!TryFraction(ref rest, out var fraction) || !TryOffset(rest, out var offsetMinutes)) return InstantParseResult.Malformed;

        var year = century * 100 + yearOfCentury;
        var leapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (month == 0 || day == 0 || day > (month == 2 && leapYear ? 29 : DaysOf(month))) return InstantParseResult.Malformed;
        if (year == 0) return InstantParseResult.OutOfRange;

        var leap = second == 60;
        var local = new DateTime(year, month, day, hour, minute, leap ? 59 : second, DateTimeKind.Unspecified).Ticks
            + (leap ? TimeSpan.TicksPerSecond - 1 : fraction);
        var ticks = local - offsetMinutes * TimeSpan.TicksPerMinute;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return InstantParseResult.OutOfRange;

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return leap && !IsLeapMinute(instant) ? InstantParseResult.Malformed : InstantParseResult.Sound;
    }

    // All leap seconds so far were inserted at the end of June or December, UTC.
    private static bool IsLeapMinute(DateTimeOffset instant) =>
        instant is { Hour: 23, Minute: 59 } && instant is { Month: 6, Day: 30 } or { Month: 12, Day: 31 };

    private static bool HasSeparators(ReadOnlySpan<char> text) =>
        text[4] == '-' && text[7] == '-' && text[10] is 'T' or 't' && text[13] == ':' && text[16] == ':';

    private static int DaysOf(int month) => month switch { 2 => 28, 4 or 6 or 9 or 11 => 30, _ => 31 };

    private static bool TryFraction(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest[0] != '.') return true;
        var digits = 0;
        var unit = TimeSpan.TicksPerSecond / 10;
        for (; digits + 1 < rest.Length && char.IsAsciiDigit(rest[digits + 1]); digits++, unit /= 10)
            ticks += unit * (rest[digits + 1] - '0');
        rest = rest[(digits + 1)..];
        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<char> rest, out int minutes)
    {
        minutes = 0;
        if (rest is "Z" or "z") return true;
        if (rest.Length != 6 || rest[0] is not ('+' or '-') || rest[3] != ':') return false;
        if (!TryTwoDigits(rest, 1, 23, out var hours) || !TryTwoDigits(rest, 4, 59, out var minutesPastHour)) return false;
        minutes = (hours * 60 + minutesPastHour) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryTwoDigits(ReadOnlySpan<char> text, int at, int max, out int value)
    {
        value = (text[at] - '0') * 10 + text[at + 1] - '0';
        return char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) && value <= max;
    }
}
