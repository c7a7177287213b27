using System.Text.Json;
using System.Text.Unicode;

namespace Scoring.Intake;

/// <summary>Reads JSON text without exceptions for what a sender may get wrong.</summary>
internal static class JsonText
{
    /// <summary>Why the bytes cannot be JSON text at all, or <see langword="null"/>.</summary>
    public static string? Unsound(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "There is no body.";
        if (bytes.StartsWith("\uFEFF"u8)) return "A byte order mark is not allowed before JSON.";
        return Utf8.IsValid(bytes) ? null : "The body is not well-formed UTF-8.";
    }

    /// <summary>Copies a string or a member's name, unescaped. False when it is too long or holds half of a surrogate pair.</summary>
    public static bool TryCopy(ref Utf8JsonReader reader, char[] buffer, out ReadOnlySpan<char> text)
    {
        text = default;
        if (reader.ValueSpan.Length > buffer.Length) return false;
        try
        {
            text = buffer.AsSpan(0, reader.CopyString(buffer));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // an escaped lone surrogate
        }
    }

    /// <summary>Says where the reader gave up.</summary>
    public static string Broken(JsonException e, int depthMax) =>
        $"Not JSON as RFC 8259 has it, or nested deeper than {depthMax}: at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.";
}
