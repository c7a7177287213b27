using System.Text;
using System.Text.Json;
using Scoring.Administration;
using Scoring.Notices;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Ledger;

public sealed partial class MemoryLedger : INoticeLedger
{
    private readonly List<(RecordedAdminAction Act, byte[] Body)> _acts = [];
    private int _polls;
    private int _noticeReads;

    /// <summary>The number of polls, each for all waiting readers together.</summary>
    public int Polls => Volatile.Read(ref _polls);

    /// <summary>The number of reads of entries after a turn.</summary>
    public int NoticeReads => Volatile.Read(ref _noticeReads);

    /// <summary>Called once, after entries after a turn are read and before they are returned.</summary>
    public Action? AfterNoticeRead { get; set; }

    /// <summary>A task that each poll awaits before it returns.</summary>
    public Task PollsOpen { get; set; } = Task.CompletedTask;

    /// <summary>Writes a public act; returns its number.</summary>
    public long Record(string act, ProgrammeId? programme, DateTimeOffset at, string? details = null)
    {
        lock (_gate)
        {
            var number = _acts.Count + 1;
            var position = _partitions[0].Count + 1;
            var recorded = new RecordedAdminAction(number, position, act, programme, "admin-1", at, null, ["In words."], details);
            _acts.Add((recorded, Encoding.UTF8.GetBytes($"{{\"act\":\"{act}\",\"number\":{JsonSerializer.Serialize(number)}}}")));
            _partitions[0].Add(null);
            Grow(0);
            return number;
        }
    }

    /// <summary>Drops the acts after a number and a subject's entries after a turn, as a restored backup does.</summary>
    public void Restore(SubjectId subject, long turn, long act)
    {
        lock (_gate)
        {
            var stored = _subjects[subject];
            stored.Entries.RemoveRange((int)turn, stored.Entries.Count - (int)turn);
            _acts.RemoveRange((int)act, _acts.Count - (int)act);
            Grow(stored.Partition);
        }
    }

    /// <summary>Commits a row in a partition that concerns no subject of the test.</summary>
    public void AppendElsewhere(int partition)
    {
        lock (_gate)
        {
            _partitions[partition].Add(null);
            Grow(partition);
        }
    }

    public async Task<EntryRun?> EntriesAfter(SubjectId subject, long turn, int count, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _noticeReads);
        var run = await Entries(subject, entries => entries.Where(entry => entry.Turn > turn).Take(count));
        if (turn < long.MaxValue && AfterNoticeRead is { } after)
        {
            AfterNoticeRead = null;
            after();
        }
        return run;
    }

    public Task<EntryRun?> EntriesBelow(SubjectId subject, long turn, int count, CancellationToken cancellationToken) =>
        Entries(subject, entries => entries.Where(entry => entry.Turn < turn).Reverse().Take(count));

    public Task<ActRun> ActsAfter(ProgrammeId programme, DateOnly since, long number, int count, CancellationToken cancellationToken) =>
        ActsOf(programme, since, acts => acts.Where(act => act.Act.Number > number).Take(count));

    public Task<ActRun> ActsBelow(ProgrammeId programme, DateOnly since, long number, int count, CancellationToken cancellationToken) =>
        ActsOf(programme, since, acts => acts.Where(act => act.Act.Number < number).Reverse().Take(count));

    public async Task<Reach> ReadReach(IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Interlocked.Increment(ref _polls);
        await PollsOpen;
        lock (_gate)
        {
            return new Reach(
                _acts.Count,
                subjects.Where(_subjects.ContainsKey).ToDictionary(subject => subject, subject => (long)_subjects[subject].Entries.Count));
        }
    }

    private async Task<EntryRun?> Entries(SubjectId subject, Func<IEnumerable<Entry>, IEnumerable<Entry>> select)
    {
        await Task.Yield();
        if (IsUnavailable) throw new LedgerUnavailableException();
        lock (_gate)
        {
            return _subjects.TryGetValue(subject, out var stored)
                ? new EntryRun(stored.Entries.Count, [.. select(stored.Entries.Where(e => IsExpired?.Invoke(e.Turn) != true))])
                : null;
        }
    }

    private async Task<ActRun> ActsOf(
        ProgrammeId programme, DateOnly since,
        Func<IEnumerable<(RecordedAdminAction Act, byte[] Body)>, IEnumerable<(RecordedAdminAction Act, byte[] Body)>> select)
    {
        await Task.Yield();
        lock (_gate)
        {
            return new ActRun(_acts.Count, [.. select(_acts.Where(act =>
                (act.Act.Programme is null || act.Act.Programme == programme) && DateOnly.FromDateTime(act.Act.At.UtcDateTime) >= since))]);
        }
    }
}
