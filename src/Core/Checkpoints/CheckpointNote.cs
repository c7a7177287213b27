using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.Checkpoints;

/// <summary>
/// Writes and reads a checkpoint as a note. The first three lines are those of C2SP tlog-checkpoint for the log of checkpoints: origin,
/// size, root. The lines after them are the statement, which is this checkpoint's own leaf in that log.
/// </summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Number">The checkpoint's number, from 1, which is the size of the log with it.</param>
/// <param name="Root">The root of the log of checkpoints up to this one, 32 bytes.</param>
/// <param name="Statement">The sizes and roots of the partitions' logs.</param>
public sealed record CheckpointNote(string Origin, long Number, byte[] Root, CheckpointStatement Statement)
{
    /// <summary>The text that is signed, in lines that end with a line feed.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture, $"{Origin}\n{Number}\n{Convert.ToBase64String(Root)}\n{Statement.Text}");

    /// <summary>The signed part of a note: everything before the empty line that precedes the signatures.</summary>
    public static string TextOf(string note) => note[..(note.IndexOf("\n\n", StringComparison.Ordinal) + 1)];

    /// <summary>Reads a stored note.</summary>
    /// <exception cref="FormatException">The note has another form: the store was changed from outside.</exception>
    public static CheckpointNote Read(string note)
    {
        try
        {
            var lines = TextOf(note).Split('\n')[..^1];
            var root = Convert.FromBase64String(lines[2]);
            return new CheckpointNote(
                lines[0], long.Parse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture), root,
                CheckpointStatement.Read(lines[3..]));
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException("A stored checkpoint does not have the form of a checkpoint.", exception);
        }
    }
}

/// <summary>The statement of a checkpoint: when it was made, and the head of each partition's log.</summary>
/// <param name="At">The instant in UTC, to the second.</param>
/// <param name="Life">The incarnation of the ledger.</param>
/// <param name="LifeBefore">The incarnation of the checkpoint before, where it differs; then the statement shows a break.</param>
/// <param name="Logs">The heads of the partitions' logs in ascending partitions.</param>
public sealed record CheckpointStatement(DateTimeOffset At, string Life, string? LifeBefore, ImmutableArray<LogHead> Logs)
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The lines: <c>at</c>, <c>life</c>, <c>break</c> where there is one, and a <c>partition</c> line for each log.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"at {At.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture)}\n");
            text.Append(CultureInfo.InvariantCulture, $"life {Life}\n");
            if (LifeBefore is not null) text.Append(CultureInfo.InvariantCulture, $"break {LifeBefore}\n");
            foreach (var (partition, size, root) in Logs)
                text.Append(CultureInfo.InvariantCulture, $"partition {partition} {size} {Convert.ToBase64String(root)}\n");
            return text.ToString();
        }
    }

    /// <summary>The leaf in the log of checkpoints: SHA-256(0x00 ‖ lines), as RFC 9162 hashes leaves.</summary>
    public byte[] Leaf => SHA256.HashData([0, .. Encoding.UTF8.GetBytes(Text)]);

    /// <summary>Reads the lines of a statement.</summary>
    /// <exception cref="FormatException">A line has another form.</exception>
    public static CheckpointStatement Read(ReadOnlySpan<string> lines)
    {
        var at = DateTimeOffset.ParseExact(
            After(lines[0], "at "), Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var life = After(lines[1], "life ");
        var before = lines[2].StartsWith("break ", StringComparison.Ordinal) ? After(lines[2], "break ") : null;
        var logs = ImmutableArray.CreateBuilder<LogHead>();
        foreach (var line in lines[(before is null ? 2 : 3)..])
        {
            var parts = After(line, "partition ").Split(' ');
            logs.Add(new LogHead(
                int.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture),
                long.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture), Convert.FromBase64String(parts[2])));
        }
        return new CheckpointStatement(at, life, before, logs.ToImmutable());
    }

    private static string After(string line, string word) => line.StartsWith(word, StringComparison.Ordinal)
        ? line[word.Length..]
        : throw new FormatException($"A line of a checkpoint does not begin with {word.Trim()}.");
}
