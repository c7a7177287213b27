using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.SetAside;

/// <summary>
/// The notes of this silo that are not stored yet: folds leave them here, and a background service stores them. It is bounded and
/// thread-safe. A fold keeps no snapshot before its notes are stored, so a crash loses no note: the next fold makes it again.
/// </summary>
internal sealed partial class SetAsideNotes(IOptions<SetAsideOptions> options, TimeProvider machine, ILogger<SetAsideNotes> log)
{
    /// <summary>The receipt of a note that found no place.</summary>
    public const long NoPlace = long.MaxValue;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ProgrammeId Programme, EntryKind Kind, string Fault), long> _logged = [];
    private Dictionary<(SubjectId Subject, long Turn), SetAsideEntry> _waiting = [];
    private long _taken;
    private long _stored;

    /// <summary>Takes a note. Returns a receipt for <see cref="IsStored"/>.</summary>
    public long Add(SetAsideEntry entry)
    {
        GrainMetrics.SetAside.Add(1);
        lock (_gate)
        {
            if (IsDue((entry.Programme, entry.Kind, entry.Fault))) LogSetAside(log, entry.Programme, entry.Kind, entry.Fault);
            if (_waiting.Count >= options.Value.WaitingMax && !_waiting.ContainsKey((entry.Subject, entry.Turn))) return NoPlace;
            _waiting[(entry.Subject, entry.Turn)] = entry;
            return ++_taken;
        }
    }

    /// <summary>Tells whether a note and all before it are stored.</summary>
    public bool IsStored(long receipt) => receipt <= Volatile.Read(ref _stored);

    /// <summary>Stores the notes that wait. Returns their number. After a failure they wait on.</summary>
    public async Task<int> Store(ISetAsideStore store, CancellationToken cancellationToken)
    {
        Dictionary<(SubjectId Subject, long Turn), SetAsideEntry> notes;
        long taken;
        lock (_gate)
        {
            (notes, _waiting, taken) = (_waiting, [], _taken);
        }
        try
        {
            if (notes.Count > 0) await store.Note(notes.Values, cancellationToken);
        }
        catch
        {
            lock (_gate)
            {
                foreach (var (place, note) in _waiting) notes[place] = note;
                _waiting = notes;
            }
            throw;
        }
        Volatile.Write(ref _stored, taken);
        return notes.Count;
    }

    /// <summary>Bounds the log: a defect of one event type may concern a million entries.</summary>
    private bool IsDue((ProgrammeId, EntryKind, string) reason)
    {
        if (_logged.TryGetValue(reason, out var at) && machine.GetElapsedTime(at) < TimeSpan.FromMinutes(options.Value.AlarmMinutes))
            return false;
        _logged[reason] = machine.GetTimestamp();
        return true;
    }

    [LoggerMessage(2101, LogLevel.Error, "Programme {Programme}: an entry of kind {Kind} could not be valued and is set aside: {Fault}")]
    private static partial void LogSetAside(ILogger logger, ProgrammeId programme, EntryKind kind, string fault);
}
