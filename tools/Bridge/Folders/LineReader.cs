namespace Scoring.Bridge.Folders;

/// <summary>A line of a file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Bytes">Its bytes without the line break; empty when it is too long.</param>
/// <param name="IsTooLong">Whether it is longer than a line may be.</param>
internal readonly record struct FileLine(int Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong);

/// <summary>Reads a file line by line in bounded memory. Empty lines are passed over.</summary>
internal static class LineReader
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Returns the lines, each in memory of its own.</summary>
    /// <param name="file">The file.</param>
    /// <param name="lineBytesMax">The longest line that is returned.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<FileLine> Read(
        Stream file, int lineBytesMax, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        var rest = new MemoryStream(); // of a line that began in an earlier buffer
        var isTooLong = false;
        var number = 1;
        int count;
        while ((count = await file.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var start = 0;
            for (int length; (length = buffer.AsSpan(start..count).IndexOf((byte)'\n')) >= 0; start += length + 1, number++)
            {
                isTooLong |= !TryKeep(rest, buffer.AsSpan(start, length), lineBytesMax);
                if (Line(rest, number, isTooLong) is { } line) yield return line;
                isTooLong = false;
            }
            isTooLong |= !TryKeep(rest, buffer.AsSpan(start..count), lineBytesMax);
        }
        if (Line(rest, number, isTooLong) is { } last) yield return last;
    }

    private static bool TryKeep(MemoryStream rest, ReadOnlySpan<byte> more, int lineBytesMax)
    {
        if (rest.Length + more.Length > lineBytesMax) return false;
        rest.Write(more);
        return true;
    }

    private static FileLine? Line(MemoryStream rest, int number, bool isTooLong)
    {
        var bytes = rest.ToArray().AsMemory();
        rest.SetLength(0);
        if (isTooLong) return new FileLine(number, default, IsTooLong: true);
        if (bytes.Length > 0 && bytes.Span[^1] == (byte)'\r') bytes = bytes[..^1];
        return bytes.Span.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0 ? null : new FileLine(number, bytes, IsTooLong: false);
    }
}
