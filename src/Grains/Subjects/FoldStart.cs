using Scoring.Ledger;

namespace Scoring.Subjects;

/// <summary>What the ledger held of a subject when its fold starts: one read, which subjects that start at the same time share.</summary>
/// <param name="History">What was read.</param>
/// <param name="Incarnation">The number of the ledger's incarnation before the read. The history is of this one or a later one.</param>
internal sealed record FoldStart(SubjectHistory History, int Incarnation)
{
    /// <summary>Reads the snapshot and a page of the entries after it; <see langword="null"/> when the subject has left.</summary>
    public static async Task<FoldStart?> Read(SubjectId subject, SubjectDependencies services)
    {
        var incarnation = services.Incarnation.Number;
        var history = await services.Ledger.ReadHistory(
            subject, HistoryStart.Snapshot, services.Options.PageEntries, CancellationToken.None);
        return history is null ? null : new FoldStart(history, incarnation);
    }

    /// <summary>Reads every entry from the first one on; <see langword="null"/> when the subject has left.</summary>
    /// <exception cref="Scores.HistoryTooLongException">There are more than <see cref="SubjectOptions.FoldEntriesMax"/>.</exception>
    public static async Task<FoldStart?> ReadWhole(SubjectId subject, SubjectDependencies services)
    {
        var incarnation = services.Incarnation.Number;
        var history = await FullHistoryReader.Read(services.Ledger, subject, services.Options);
        return history is null ? null : new FoldStart(history, incarnation);
    }

    /// <summary>Returns a new fold of the subject. Nothing is folded yet.</summary>
    public SubjectFold NewFold(SubjectDependencies services) => new(History.Record.Subject, History.Record.Programme, services);
}
