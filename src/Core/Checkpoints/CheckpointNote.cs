using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.Checkpoints;

/// <summary>
/// A checkpoint as text, and back. Its first three lines are those of C2SP tlog-checkpoint for the log of checkpoints; what follows, the
/// statement, is this checkpoint's own leaf in that log.
/// </summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Number">The checkpoint's number.</param>
/// <param name="Root">Root of the log of checkpoints with this one.</param>
/// <param name="Statement">What it says of the partitions.</param>
public sealed record CheckpointNote(string Origin, long Number, byte[] Root, CheckpointStatement Statement)
{
    /// <summary>The text that is signed.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture, $"{Origin}\n{Number}\n{Convert.ToBase64String(Root)}\n{Statement.Text}");

    /// <summary>The signed part of a note: up to its empty line.</summary>
    public static string TextOf(string note) => note[..(note.IndexOf("\n\n", StringComparison.Ordinal) + 1)];

    /// <summary>Reads a note of our own; what is stored is of the form, or the store was tampered with.</summary>
    /// <exception cref="FormatException">It is not of the form.</exception>
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
            throw new FormatException("A stored checkpoint is not of its form.", exception);
        }
    }
}

/// <summary>What a checkpoint says.</summary>
/// <param name="At">When it was made, to the second.</param>
/// <param name="Life">Which life of the ledger it belongs to.</param>
/// <param name="LifeBefore">The life of the checkpoint before where it was another: a visible break.</param>
/// <param name="Logs">The partitions' logs, ascending.</param>
public sealed record CheckpointStatement(DateTimeOffset At, string Life, string? LifeBefore, ImmutableArray<LogHead> Logs)
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Its lines.</summary>
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

    /// <summary>Its leaf in the log of checkpoints.</summary>
    public byte[] Leaf => SHA256.HashData([0, .. Encoding.UTF8.GetBytes(Text)]);

    /// <summary>Reads its lines.</summary>
    /// <exception cref="FormatException">They are not of the form.</exception>
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
