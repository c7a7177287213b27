using System.Globalization;

namespace Scoring.AllowLists;

/// <summary>The forms in which a listed tag or attribute may have a value: a number, a truth value, or a short text.</summary>
internal static class PlainValue
{
    /// <summary>The longest text. Names of types and of routes are shorter; a token, a body or an exception's text mostly is not.</summary>
    private const int CharactersMax = 128;

    /// <summary>Returns a value as it may leave; <see langword="null"/> when it may not.</summary>
    public static object? Of(object? value) => value switch
    {
        bool or byte or short or int or long or float or double => value,
        string text => Short(text),
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("u", CultureInfo.InvariantCulture),
        ValueType => Short(value.ToString()),
        _ => null, // an array or an object would be written with all that is in it
    };

    private static string? Short(string? text) => text is { Length: <= CharactersMax } ? text : null;
}
