using Orleans.Concurrency;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>
/// See <see cref="IRecordGrain"/>. A programme's record is public once the programme is published, with the actions before that too.
/// </summary>
[GrainType("record"), Reentrant, StatelessWorker]
internal sealed class RecordGrain(IProgrammeStore store, CurrentCatalogue catalogue) : Grain, IRecordGrain
{
    private const int CountMax = 500;

    public async Task<RecordPage?> Read(ProgrammeId programme, long after, int count)
    {
        if (catalogue.Find(programme) is null) return null;
        var taken = Math.Clamp(count, 1, CountMax);
        var acts = await store.ReadRecord(programme, Math.Max(after, 0), taken + 1, CancellationToken.None);
        return new RecordPage([.. acts.Take(taken).Select(Public)], acts.Count > taken ? acts[taken - 1].Number : null);
    }

    private static RecordedAdminAction Public(RecordedAdminAction act) =>
        act with { Position = PublicPositions.RoundDown(act.Position) };
}
