using System.Text.Json;
using System.Text.Unicode;

namespace Scoring.Intake;

/// <summary>Reads JSON text and reports a sender's mistakes without exceptions.</summary>
internal static class JsonText
{
    /// <summary>Why the bytes cannot be JSON text; <see langword="null"/> when they can.</summary>
    public static string? EncodingFault(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "The body is empty.";
        if (bytes.StartsWith("\uFEFF"u8)) return "A byte order mark is not allowed before JSON.";
        return Utf8.IsValid(bytes) ? null : "The body is not well-formed UTF-8.";
    }

    /// <summary>
    /// Copies a string or a member's name, unescaped. Returns <see langword="false"/> when it is longer than the buffer or contains half
    /// of a surrogate pair.
    /// </summary>
    public static bool TryCopy(ref Utf8JsonReader reader, Span<char> buffer, out ReadOnlySpan<char> text)
    {
        text = default;
        if (reader.ValueSpan.Length > buffer.Length) return false;
        try
        {
            text = buffer[..reader.CopyString(buffer)];
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // the text contains an escaped lone surrogate
        }
    }

    /// <summary>Says at which line and byte the text stops being JSON.</summary>
    public static string SyntaxFault(JsonException exception, int depthMax) =>
        $"It is not JSON (RFC 8259), or is nested deeper than {depthMax} levels, "
        + $"at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.";
}
