using System.Buffers.Text;
using Orleans.Concurrency;

namespace Scoring.Contests;

/// <summary>See <see cref="ISourceContestGrain"/>.</summary>
[GrainType("source-contest"), Reentrant, StatelessWorker]
internal sealed class SourceContestGrain(IContestStore store) : Grain, ISourceContestGrain
{
    private const int CountMax = 500;

    public async Task<SourceContestPage> List(string source, long after, int count)
    {
        var taken = Math.Clamp(count, 1, CountMax);
        var rows = await store.UndecidedOf(source, Math.Max(after, 0), taken + 1, CancellationToken.None);
        return new SourceContestPage(
            [.. rows.Take(taken).Select(contest => new SourceContest(
                contest.Number, Base64Url.EncodeToString(contest.Key.ToByteArray(bigEndian: true)), contest.Grounds))],
            rows.Count > taken ? rows[taken - 1].Number : null);
    }
}
