namespace Scoring.Signals;

/// <summary>Reads the headers that a collector wants from a file, one <c>name=value</c> a line.</summary>
internal static class OtlpHeaders
{
    /// <summary>Says what is wrong with a file, without its content; <see langword="null"/> when nothing is.</summary>
    public static string? Fault(string file)
    {
        try
        {
            return Lines(file).Any(line => line.IndexOf('=', StringComparison.Ordinal) < 1) ? "a line is not name=value." : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"it cannot be read ({exception.GetType().Name}).";
        }
    }

    /// <summary>Returns the headers of a file; none without a file.</summary>
    public static IReadOnlyList<(string Name, string Value)> Read(string file) =>
        file.Length == 0 ? [] : [.. Lines(file).Select(line => line.Split('=', 2)).Select(part => (part[0].Trim(), part[1].Trim()))];

    private static IEnumerable<string> Lines(string file) => File.ReadAllLines(file).Where(line => line.Trim().Length > 0);
}
