namespace Scoring.Bench.Measuring;

/// <summary>Writes a table for people.</summary>
public static class Table
{
    /// <summary>Writes rows below their headings; the first column is to the left, the others are to the right.</summary>
    public static void Write(TextWriter to, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [headings, .. rows];
        var widths = headings.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
            to.WriteLine(string.Join("  ", row.Select(
                (cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
