using System.Globalization;
using System.Text;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Checkpoints;

/// <summary>The size and the root of a partition's log.</summary>
/// <param name="Size">How many leaves the log has.</param>
/// <param name="Root">The root of the log.</param>
public sealed record TreeHead(long Size, byte[] Root);

/// <summary>A checkpoint of all logs, read from its note.</summary>
/// <param name="Note">The note.</param>
/// <param name="Origin">The log's name.</param>
/// <param name="Number">Its number.</param>
/// <param name="Root">The root of the log of checkpoints, this one included.</param>
/// <param name="At">When it was made.</param>
/// <param name="Incarnation">The incarnation of the ledger.</param>
/// <param name="PreviousIncarnation">The incarnation before, in the first checkpoint of a new one.</param>
/// <param name="Logs">The tree heads by partition.</param>
public sealed record Checkpoint(
    SignedNote Note, string Origin, long Number, byte[] Root, DateTimeOffset At, string Incarnation, string? PreviousIncarnation,
    IReadOnlyList<TreeHead> Logs)
{
    /// <summary>How many leaves a tile has. Every log ends at a whole tile.</summary>
    public const int TileLeaves = 256;

    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The checkpoint's own leaf in the log of checkpoints.</summary>
    public byte[] Leaf => Rfc9162.Leaf(Encoding.UTF8.GetBytes(string.Join('\n', Note.Text.Split('\n')[3..])));

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="UnreadableException">The text is malformed.</exception>
    public static Checkpoint Read(string text)
    {
        var note = SignedNote.Read(text);
        try
        {
            var lines = note.Text.Split('\n')[..^1];
            var isBreak = lines[5].StartsWith("break ", StringComparison.Ordinal);
            var logs = new List<TreeHead>();
            foreach (var line in lines[(isBreak ? 6 : 5)..])
            {
                var parts = After(line, "partition ").Split(' ');
                if (Whole(parts[0]) != logs.Count || parts.Length != 3) throw new FormatException();
                var root = Convert.FromBase64String(parts[2]);
                if (root.Length != 32) throw new FormatException();
                logs.Add(new TreeHead(Whole(parts[1]), root));
            }
            return new Checkpoint(
                note, lines[0], Whole(lines[1]), Convert.FromBase64String(lines[2]),
                DateTimeOffset.ParseExact(After(lines[3], "at "), Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                After(lines[4], "life "), isBreak ? After(lines[5], "break ") : null, logs);
        }
        catch (Exception exception)
            when (exception is FormatException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            throw new UnreadableException("The text of a checkpoint is malformed.");
        }
    }

    private static long Whole(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string After(string line, string word) =>
        line.StartsWith(word, StringComparison.Ordinal) ? line[word.Length..] : throw new FormatException();
}
