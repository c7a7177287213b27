using System.Text;
using System.Text.Json;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Notices;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Streams;

public sealed partial class MemoryLedger : INoticeLedger
{
    private readonly List<(RecordedAdminAction Act, byte[] Body)> _acts = [];
    private int _looks;
    private int _noticeReads;

    /// <summary>Looks for all who wait together.</summary>
    public int Looks => Volatile.Read(ref _looks);

    /// <summary>Readings of entries after a turn.</summary>
    public int NoticeReads => Volatile.Read(ref _noticeReads);

    /// <summary>Called once, when entries after a turn have been read and before they are handed over.</summary>
    public Action? AfterNoticeRead { get; set; }

    /// <summary>Writes a public act; returns its number.</summary>
    public long Record(string act, ProgrammeId? programme, DateTimeOffset at, string? details = null)
    {
        lock (_gate)
        {
            var (number, position) = (_acts.Count + 1, _partitions[0].Count + 1);
            var recorded = new RecordedAdminAction(number, position, act, programme, "admin-1", at, null, ["In words."], details);
            _acts.Add((recorded, Encoding.UTF8.GetBytes($"{{\"act\":\"{act}\",\"number\":{JsonSerializer.Serialize(number)}}}")));
            _partitions[0].Add(null);
            Grow(0);
            return number;
        }
    }

    /// <summary>Forgets the acts after a number and a subject's entries after a turn, as a restored backup does.</summary>
    public void GoBack(SubjectId subject, long turn, long act)
    {
        lock (_gate)
        {
            var person = _people[subject];
            person.Entries.RemoveRange((int)turn, person.Entries.Count - (int)turn);
            _acts.RemoveRange((int)act, _acts.Count - (int)act);
            Grow(person.Partition);
        }
    }

    /// <summary>Something is committed in a partition that concerns nobody here.</summary>
    public void Move(int partition)
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
        Interlocked.Increment(ref _looks);
        lock (_gate)
        {
            return new Reach(
                _acts.Count,
                subjects.Where(_people.ContainsKey).ToDictionary(subject => subject, subject => (long)_people[subject].Entries.Count));
        }
    }

    private async Task<EntryRun?> Entries(SubjectId subject, Func<IEnumerable<Entry>, IEnumerable<Entry>> some)
    {
        await Task.Yield();
        if (IsUnavailable) throw new LedgerUnavailableException();
        lock (_gate)
        {
            return _people.TryGetValue(subject, out var person) ? new EntryRun(person.Entries.Count, [.. some(person.Entries)]) : null;
        }
    }

    private async Task<ActRun> ActsOf(
        ProgrammeId programme, DateOnly since,
        Func<IEnumerable<(RecordedAdminAction Act, byte[] Body)>, IEnumerable<(RecordedAdminAction Act, byte[] Body)>> some)
    {
        await Task.Yield();
        lock (_gate)
        {
            return new ActRun(_acts.Count, [.. some(_acts.Where(act =>
                (act.Act.Programme is null || act.Act.Programme == programme) && DateOnly.FromDateTime(act.Act.At.UtcDateTime) >= since))]);
        }
    }
}
