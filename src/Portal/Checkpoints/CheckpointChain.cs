using Scoring.Client;

namespace Scoring.Checkpoints;

/// <summary>A checkpoint of the chain.</summary>
/// <param name="Note">What its note says.</param>
/// <param name="Before">The checkpoint before it; <see langword="null"/> for the first one.</param>
public sealed record ChainLink(NoteText Note, NoteText? Before)
{
    /// <summary>The time since the checkpoint before.</summary>
    public TimeSpan? Gap => Before is null ? null : Note.At - Before.At;

    /// <summary>The places that were added since the checkpoint before.</summary>
    public long? Growth => Before is null ? null : Note.Leaves - Before.Leaves;
}

/// <summary>Something of the chain that an auditor has to look into, in the order of its weight.</summary>
public enum ChainAlarm
{
    /// <summary>A log is shorter than at the checkpoint before, or its number or time goes back.</summary>
    WentBack,

    /// <summary>A backup was restored since the checkpoint before.</summary>
    Restored,

    /// <summary>There is no checkpoint for more than twice the expected time.</summary>
    Gap,
}

/// <summary>Reads the chain of checkpoints, and judges what can be judged without a key.</summary>
internal static class CheckpointChain
{
    /// <summary>How many checkpoints a part shows.</summary>
    public const int LinksMax = 12;

    /// <summary>Reads the links up to a number, the newest first.</summary>
    /// <param name="read">Reads a note; <see langword="null"/> when there is none of that number.</param>
    /// <param name="upTo">The number of the newest link.</param>
    public static async Task<IReadOnlyList<ChainLink>> Read(Func<long, Task<string?>> read, long upTo)
    {
        var links = new List<ChainLink>();
        var note = await Find(read, upTo);
        for (var number = upTo; note is not null && links.Count < LinksMax; number--)
        {
            var before = number > 1 ? await Find(read, number - 1) : null;
            links.Add(new ChainLink(note, before));
            note = before;
        }
        return links;
    }

    /// <summary>Returns what is wrong with a link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="expected">The time after which a checkpoint follows another one.</param>
    public static IReadOnlyList<ChainAlarm> AlarmsOf(ChainLink link, TimeSpan expected)
    {
        if (link.Before is not { } before) return [];
        var alarms = new List<ChainAlarm>();
        if (link.Note.Number != before.Number + 1 || link.Note.At < before.At || link.Note.Log != before.Log || Shrinks(before, link.Note))
            alarms.Add(ChainAlarm.WentBack);
        if (link.Note.IsAfterRestore) alarms.Add(ChainAlarm.Restored);
        if (link.Gap > 2 * expected) alarms.Add(ChainAlarm.Gap);
        return alarms;
    }

    /// <summary>Returns the names of the witnesses whose keys are published. The platform's own keys have the name of the log.</summary>
    public static IReadOnlyList<string> Witnesses(string keys, string log) =>
        [.. keys.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(key => key.Split('+')[0]).Where(name => name != log).Distinct()];

    private static bool Shrinks(NoteText before, NoteText after) =>
        before.Logs.Count != after.Logs.Count || before.Logs.Zip(after.Logs).Any(pair => pair.Second.Size < pair.First.Size);

    private static async Task<NoteText?> Find(Func<long, Task<string?>> read, long number) =>
        await read(number) is { } text ? NoteText.Read(text) : null;
}
