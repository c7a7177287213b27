using Microsoft.Extensions.Options;
using Scoring.Subjects;

namespace Scoring.Notices;

/// <summary>
/// Reads how far the ledger reaches, in one statement for all waiting calls of this silo, and no more often than the options allow. So a
/// partition that moves for other subjects costs a waiting call only one index probe in a shared statement.
/// </summary>
internal sealed class NoticePoller(INoticeLedger ledger, TimeProvider time, IOptions<NoticeOptions> options)
{
    private readonly Lock _gate = new();
    private HashSet<SubjectId> _waiting = [];
    private Task<Reach>? _next;
    private long? _last;

    /// <summary>
    /// Returns the last number of an administrative action and a subject's last turn, read after the call began. The turn is
    /// <see langword="null"/> when the subject has left.
    /// </summary>
    public async Task<(long LastAct, long? LastTurn)> ReadReach(SubjectId subject, CancellationToken cancellationToken)
    {
        Task<Reach> next;
        lock (_gate)
        {
            _waiting.Add(subject);
            next = _next ??= Task.Run(ReadNext, CancellationToken.None);
        }
        var reach = await next.WaitAsync(cancellationToken);
        return (reach.LastAct, reach.LastTurns.TryGetValue(subject, out var turn) ? turn : null);
    }

    private async Task<Reach> ReadNext()
    {
        if (_last is { } last)
        {
            var pause = TimeSpan.FromMilliseconds(options.Value.LookMilliseconds) - time.GetElapsedTime(last);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, time);
        }
        HashSet<SubjectId> waiting;
        lock (_gate)
        {
            waiting = _waiting;
            _waiting = [];
            _next = null; // a call that begins from now on needs a later read
            _last = time.GetTimestamp();
        }
        return await ledger.ReadReach(waiting, CancellationToken.None);
    }
}
