using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Enrolments;

/// <summary>
/// Enrols together who comes at the same time: while a lane writes, its next ones wait, and then share a transaction. Most of what an
/// enrolment costs the database is one transaction's.
/// </summary>
internal sealed class EnrolmentLanes(LedgerDatabase database, LedgerHeads heads, IOptions<EnrolmentOptions> options)
{
    private readonly EnrolmentWriter _writer = new(database, heads, options);

    private readonly EnrolmentLane[] _lanes =
    [
        .. Enumerable.Range(0, options.Value.LaneCount)
            .Select(_ => new EnrolmentLane(new NewcomerWriter(database, heads), options.Value.TogetherMax)),
    ];

    /// <summary>As <see cref="IEnrolmentStore.Enrol"/>.</summary>
    public async Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancellationToken)
    {
        // A partition has one lane, so that no two groups wait for its lock.
        var lane = _lanes[database.PartitionOf(enrolment.Locators[0]) % _lanes.Length];
        return await lane.Enrol(enrolment).WaitAsync(cancellationToken) ? 0 : await _writer.Enrol(enrolment, cancellationToken);
    }

    private sealed class EnrolmentLane(NewcomerWriter newcomers, int togetherMax)
    {
        private readonly Lock _gate = new();
        private readonly Queue<Waiting> _queue = [];
        private bool _isWriting;

        /// <summary>Tells whether the enrolment is written; if not, nothing of it is, and it is to be decided alone.</summary>
        public Task<bool> Enrol(NewEnrolment enrolment)
        {
            var waiting = new Waiting(enrolment);
            lock (_gate)
            {
                _queue.Enqueue(waiting);
                if (_isWriting) return waiting.Task;
                _isWriting = true;
            }
            _ = Task.Run(Write, CancellationToken.None); // others wait for it too, so it is not the caller's
            return waiting.Task;
        }

        private async Task Write()
        {
            while (Next() is { Length: > 0 } group)
            {
                try
                {
                    var enrolled = await newcomers.Enrol([.. group.Select(waiting => waiting.Enrolment)], CancellationToken.None);
                    for (var i = 0; i < group.Length; i++) group[i].SetResult(enrolled[i]);
                }
                catch (PostgresException exception) when (exception.SqlState.StartsWith("23", StringComparison.Ordinal))
                {
                    // One of them breaks a constraint, and nothing is written. Alone, it fails alone.
                    foreach (var waiting in group) waiting.SetResult(false);
                }
                catch (Exception exception)
                {
                    foreach (var waiting in group) waiting.SetException(exception);
                }
            }
        }

        private Waiting[] Next()
        {
            lock (_gate)
            {
                var group = new Waiting[Math.Min(_queue.Count, togetherMax)];
                for (var i = 0; i < group.Length; i++) group[i] = _queue.Dequeue();
                _isWriting = group.Length > 0;
                return group;
            }
        }
    }

    private sealed class Waiting(NewEnrolment enrolment) : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public NewEnrolment Enrolment => enrolment;
    }
}
