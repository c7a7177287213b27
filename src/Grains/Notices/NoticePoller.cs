using Microsoft.Extensions.Options;
using Scoring.Subjects;

namespace Scoring.Notices;

/// <summary>
/// One look into the ledger for everyone of this silo who waits, and only so often: a partition that moves for others costs a waiting
/// person nothing but an index probe in a statement that is under way anyhow.
/// </summary>
internal sealed class NoticePoller(INoticeLedger ledger, TimeProvider time, IOptions<NoticeOptions> options)
{
    private readonly Lock _gate = new();
    private HashSet<SubjectId> _asked = [];
    private Task<Reach>? _next;
    private long? _last;

    /// <summary>How far acts and a subject's history reach, as seen after the call began; no turn when it has left.</summary>
    public async Task<(long LastAct, long? LastTurn)> ReadReach(SubjectId subject, CancellationToken cancellationToken)
    {
        Task<Reach> next;
        lock (_gate)
        {
            _asked.Add(subject);
            next = _next ??= Task.Run(Next, CancellationToken.None);
        }
        var reach = await next.WaitAsync(cancellationToken);
        return (reach.LastAct, reach.LastTurns.TryGetValue(subject, out var turn) ? turn : null);
    }

    private async Task<Reach> Next()
    {
        if (_last is { } last)
        {
            var pause = TimeSpan.FromMilliseconds(options.Value.LookMilliseconds) - time.GetElapsedTime(last);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, time);
        }
        HashSet<SubjectId> asked;
        lock (_gate)
        {
            (asked, _asked) = (_asked, []);
            _next = null; // who asks from now on needs a later look
            _last = time.GetTimestamp();
        }
        return await ledger.ReadReach(asked, CancellationToken.None);
    }
}
