using System.Globalization;

namespace Scoring.Checkpoints;

/// <summary>The size and root of a log, as a note has them.</summary>
/// <param name="Size">The number of its leaves.</param>
/// <param name="Root">Its root in base64.</param>
public sealed record LogSize(long Size, string Root);

/// <summary>
/// What a checkpoint's signed note says (C2SP tlog-checkpoint). It is read to be shown; whether it is true is for the offline verifier.
/// </summary>
/// <param name="Log">The log's name.</param>
/// <param name="Number">The checkpoint's number.</param>
/// <param name="At">The instant at which it was signed.</param>
/// <param name="Leaves">The number of leaves in all logs.</param>
/// <param name="Partitions">The number of logs with leaves.</param>
/// <param name="IsAfterRestore">Whether the ledger was restored from a backup since the checkpoint before.</param>
/// <param name="Signers">The names of those who signed: the platform first, then witnesses.</param>
public sealed record NoteText(
    string Log, long Number, DateTimeOffset At, long Leaves, int Partitions, bool IsAfterRestore, IReadOnlyList<string> Signers)
{
    private const string SignatureStart = "— ";

    /// <summary>The root of the log of checkpoints with this one, in base64.</summary>
    public string Root { get; private init; } = "";

    /// <summary>The size and root of each partition's log, in ascending partitions.</summary>
    public IReadOnlyList<LogSize> Logs { get; private init; } = [];

    /// <summary>Reads a note; <see langword="null"/> when it has another form.</summary>
    public static NoteText? Read(string note)
    {
        var lines = note.Split('\n');
        var end = Array.IndexOf(lines, "");
        if (end < 4 || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var said = lines[..end].Select(line => line.Split(' ')).ToList();
        var at = said.FirstOrDefault(words => words is ["at", _])?[1];
        if (!DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return null;
        var logs = said.Where(words => words is ["partition", _, _, _]).Select(words => new LogSize(
            long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0, words[3])).ToList();
        return new NoteText(
            lines[0], number, instant, logs.Sum(log => log.Size), logs.Count(log => log.Size > 0),
            said.Exists(words => words is ["break", _]),
            [.. lines[end..].Where(line => line.StartsWith(SignatureStart, StringComparison.Ordinal)).Select(line => line.Split(' ')[1])])
        {
            Root = lines[2], Logs = logs,
        };
    }
}
