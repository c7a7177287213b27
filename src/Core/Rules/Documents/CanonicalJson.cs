using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Rules;

/// <summary>
/// Writes canonical JSON (RFC 8785), restricted to integers of at most 2^53 - 1 in size, strings, booleans, null, arrays and objects. The
/// same value gives the same bytes for any order of members and any layout.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The greatest integer that every JSON reader represents exactly (RFC 7493).</summary>
    public const long IntegerMax = 9_007_199_254_740_991;

    private static readonly SearchValues<char> EscapedUnits =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(unit => (char)unit), '"', '\\']);

    /// <summary>The canonical bytes of a value, UTF-8.</summary>
    /// <exception cref="FormatException">
    /// A number is not an integer in range, a text is not valid Unicode, or a member occurs twice.
    /// </exception>
    public static byte[] Write(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(value, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The canonical bytes of a value, UTF-8.</summary>
    /// <exception cref="FormatException">A number is not an integer in range, or a text is not valid Unicode.</exception>
    public static byte[] Write(JsonNode value) => Write(JsonSerializer.SerializeToElement(value));

    /// <summary>SHA-256 of canonical bytes, 64 lower-case hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> canonical) => Convert.ToHexStringLower(SHA256.HashData(canonical));

    private static void Write(JsonElement value, ArrayBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output);
                break;
            case JsonValueKind.Array:
                var elements = 0;
                output.Write("["u8);
                foreach (var element in value.EnumerateArray())
                {
                    if (elements++ > 0) output.Write(","u8);
                    Write(element, output);
                }
                output.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteText(Text(value), output);
                break;
            case JsonValueKind.Number:
                if (!value.TryGetInt64(out var number) || number is < -IntegerMax or > IntegerMax)
                    throw new FormatException("Only integers up to 2^53 - 1 have a canonical form.");
                output.Write(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
                break;
            default:
                output.Write(Encoding.ASCII.GetBytes(value.GetRawText()));
                break;
        }
    }

    /// <summary>Writes the members in the order of their names' UTF-16 code units, as RFC 8785 requires.</summary>
    private static void WriteObject(JsonElement value, ArrayBufferWriter<byte> output)
    {
        var members = value.EnumerateObject().Select(member => (Name: Name(member), member.Value)).ToArray();
        Array.Sort(members, (one, other) => string.CompareOrdinal(one.Name, other.Name));
        output.Write("{"u8);
        for (var index = 0; index < members.Length; index++)
        {
            if (index > 0 && members[index].Name == members[index - 1].Name) throw new FormatException("A member occurs twice.");
            if (index > 0) output.Write(","u8);
            WriteText(members[index].Name, output);
            output.Write(":"u8);
            Write(members[index].Value, output);
        }
        output.Write("}"u8);
    }

    private static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("A text is not valid Unicode.", exception);
        }
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("The name of a member is not valid Unicode.", exception);
        }
    }

    private static void WriteText(string text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        Encoding.UTF8.GetBytes(text.AsSpan().ContainsAny(EscapedUnits) ? Escaped(text) : text, output);
        output.Write("\""u8);
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 2);
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\f' => escaped.Append("\\f"),
                '\r' => escaped.Append("\\r"),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
                _ => escaped.Append(unit),
            };
        }
        return escaped.ToString();
    }
}
