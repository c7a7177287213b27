using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Scoring.Verify.Reports;

/// <summary>
/// A sentence of a report: a text with numbered places, and the values in them. An interpolated string becomes one, so that the same
/// finding can be said in several languages.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sentence(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (3 * formattedCount));
    private readonly List<string> _values = new(formattedCount);

    /// <summary>The text in English, with <c>{0}</c>, <c>{1}</c> and so on where values are.</summary>
    public string Text => _text.ToString();

    /// <summary>The values. They can come from what is checked, so they can hold any text.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>A sentence without values.</summary>
    public static implicit operator Sentence(string text)
    {
        var sentence = new Sentence(text.Length, 0);
        sentence.AppendLiteral(text);
        return sentence;
    }

    /// <summary>Adds words.</summary>
    public void AppendLiteral(string words) => _text.Append(words);

    /// <summary>Adds a value.</summary>
    public void AppendFormatted<T>(T value, string? format = null)
    {
        _text.Append('{').Append(_values.Count.ToString(CultureInfo.InvariantCulture)).Append('}');
        _values.Add(value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? "");
    }

    /// <summary>Returns the sentence in a language; in English when the language lacks it.</summary>
    public string In(SentenceWords language) => Filled(language.Find(Text) ?? Text);

    /// <summary>The sentence in English.</summary>
    public override string ToString() => Filled(Text);

    private string Filled(string text) =>
        _values.Count == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, [.. _values]);
}
