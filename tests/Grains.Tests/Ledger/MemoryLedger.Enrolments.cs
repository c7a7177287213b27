using Scoring.Enrolments;
using Scoring.Subjects;

namespace Scoring.Ledger;

public sealed partial class MemoryLedger : IEnrolmentStore
{
    private readonly Dictionary<string, SubjectId> _locators = [];
    private readonly Dictionary<string, (SubjectId Subject, NewHandle Handle)> _linked = [];

    public async Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            var free = enrolment.Locators.ToList().FindIndex(locator => !_locators.ContainsKey(Hex(locator)));
            if (free < 0) return null;
            RequireNewer(enrolment.Handles);
            var partition = enrolment.Locators[0][0] % partitionCount;
            _subjects.Add(enrolment.Subject, new StoredSubject(enrolment.Kind, enrolment.Programme, partition)
            {
                Record = new EnrolmentRecord(
                    enrolment.Subject, enrolment.Kind, enrolment.Programme, enrolment.RuleSet, enrolment.Day, enrolment.Consented),
            });
            _locators.Add(Hex(enrolment.Locators[free]), enrolment.Subject);
            Write(enrolment.Subject, EntryKind.Enrolled, Guid.NewGuid(), enrolment.Day, enrolment.Receipts[free]);
            Link(enrolment.Subject, new HandlesToLink(enrolment.Handles, enrolment.At, enrolment.Day));
            return free;
        }
    }

    public async Task<bool?> RenewConsent(
        byte[] locator, string ruleSet, int number, EntryToAppend entry, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_locators.TryGetValue(Hex(locator), out var subject)) return null;
            if (_subjects[subject] is not { Record: { } record } stored) return null;
            if (record.Consented >= number) return false;
            stored.Record = record with { RuleSet = ruleSet, Consented = number };
            Write(subject, entry.Kind, entry.Key, entry.Day, entry.Body);
            return true;
        }
    }

    public async Task<bool?> Restrict(byte[] locator, bool restricted, EntryToAppend entry, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_locators.TryGetValue(Hex(locator), out var subject)) return null;
            if (_subjects[subject] is not { Record: { } record } stored) return null;
            if (record.Restricted == restricted) return false;
            stored.Record = record with { Restricted = restricted };
            Write(subject, entry.Kind, entry.Key, entry.Day, entry.Body);
            return true;
        }
    }

    public async Task<bool?> Link(byte[] locator, HandlesToLink request, int countMax, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_locators.TryGetValue(Hex(locator), out var subject)) return null;
            if (request.Handles.DistinctBy(handle => Hex(handle.Hash)).Count() == request.Handles.Count
                && request.Handles.All(h => _linked.TryGetValue(Hex(h.Hash), out var old)
                    && old.Subject == subject && old.Handle.ProvedAt == h.ProvedAt)) return true;
            RequireNewer(request.Handles);
            var kept = request.Handles.Where(h => _linked.TryGetValue(Hex(h.Hash), out var old) && old.Subject == subject).ToArray();
            var added = request.Handles.Except(kept).ToArray();
            if (_linked.Values.Count(l => l.Subject == subject) + added.Length > countMax) return false;
            foreach (var handle in kept)
            {
                var name = Hex(handle.Hash);
                _linked[name] = (subject, _linked[name].Handle with { ProvedAt = handle.ProvedAt });
            }
            Link(subject, request with { Handles = [.. added.OrderBy(handle => Hex(handle.Hash), StringComparer.Ordinal)] });
            return true;
        }
    }

    private void RequireNewer(IReadOnlyList<NewHandle> handles)
    {
        if (handles.DistinctBy(handle => Hex(handle.Hash)).Count() < handles.Count
            || handles.Any(h => _linked.TryGetValue(Hex(h.Hash), out var old) && old.Handle.ProvedAt >= h.ProvedAt))
        {
            throw new HandleProofReplayedException();
        }
    }

    /// <summary>Links handles, and takes them from their subjects before, each with its entry.</summary>
    private void Link(SubjectId subject, HandlesToLink request)
    {
        var moved = request.Handles.Select(handle => Hex(handle.Hash)).Where(_linked.ContainsKey).Select(name => _linked[name]).ToArray();
        foreach (var handle in request.Handles)
        {
            _linked[Hex(handle.Hash)] = (subject, handle);
            _handles[Hex(handle.Hash)] = (subject, request.At);
            Write(subject, EntryKind.HandleLinked, Guid.NewGuid(), request.Day, BodyOf(handle));
        }
        foreach (var (former, handle) in moved)
            Write(former, EntryKind.HandleUnlinked, Guid.NewGuid(), request.Day, BodyOf(handle));
    }

    private static byte[] BodyOf(NewHandle handle) => StoreEntryBodies.Handle(handle.Id, handle.Source);

    public async Task<bool> Unlink(byte[] locator, string handle, DateOnly day, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_locators.TryGetValue(Hex(locator), out var subject)) return false;
            var found = _linked.Where(pair => pair.Value.Subject == subject && pair.Value.Handle.Id == handle).ToList();
            if (found.Count == 0) return false;
            _linked.Remove(found[0].Key);
            _handles.Remove(found[0].Key);
            Write(subject, EntryKind.HandleUnlinked, Guid.NewGuid(), day, BodyOf(found[0].Value.Handle));
            return true;
        }
    }

    public async Task<int?> FindEnrolled(NewEnrolment enrolment, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            var index = enrolment.Locators.ToList().FindIndex(locator =>
                _locators.TryGetValue(Hex(locator), out var subject) && _subjects[subject].Record?.RuleSet == enrolment.RuleSet
                && _linked.Where(pair => pair.Value.Subject == subject).Select(pair => (pair.Key, pair.Value.Handle.ProvedAt))
                    .ToHashSet().SetEquals(enrolment.Handles.Select(handle => (Hex(handle.Hash), handle.ProvedAt))));
            return index < 0 ? null : index;
        }
    }

    public async Task<EnrolmentRecord?> Find(byte[] locator, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate) return _locators.TryGetValue(Hex(locator), out var subject) ? _subjects[subject].Record : null;
    }

    public async Task<IReadOnlyList<(int Index, EnrolmentRecord Enrolment)>> Find(
        IReadOnlyList<byte[]> locators, CancellationToken cancellationToken)
    {
        var found = new List<(int, EnrolmentRecord)>();
        for (var i = 0; i < locators.Count; i++)
            if (await Find(locators[i], cancellationToken) is { } enrolment) found.Add((i, enrolment));
        return found;
    }

    public async Task<IReadOnlyList<HandleView>> HandlesOf(SubjectId subject, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return [.. _linked.Where(pair => pair.Value.Subject == subject)
                .Select(pair => new HandleView(pair.Value.Handle.Id, pair.Value.Handle.Source, _handles[pair.Key].Since))
                .OrderBy(view => view.Since).ThenBy(view => view.Id, StringComparer.Ordinal)];
        }
    }

    public async Task<(SubjectId Subject, long Entries)?> Withdraw(
        byte[] locator, DateOnly day, string? request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        SubjectId subject;
        SubjectKind kind;
        long entries;
        lock (_gate)
        {
            if (!_locators.Remove(Hex(locator), out subject)) return null;
            kind = _subjects[subject].Kind;
            entries = Erase(subject);
        }
        if (Memory is not null) await Memory.Forget(kind, subject);
        return (subject, entries);
    }

    /// <summary>The memory of the silos. An erasure is complete only when they have forgotten the subject.</summary>
    public ISubjectMemory? Memory { get; set; }

    /// <summary>Erases a subject with its handles and grants. Its rows keep their positions. Returns how many entries it erased.</summary>
    public long Erase(SubjectId subject)
    {
        lock (_gate)
        {
            if (!_subjects.Remove(subject, out var stored)) return 0;
            foreach (var name in _handles.Where(pair => pair.Value.Subject == subject).Select(pair => pair.Key).ToList())
            {
                _handles.Remove(name);
                _linked.Remove(name);
            }
            foreach (var name in _grants.Where(pair => pair.Value.Subject == subject).Select(pair => pair.Key).ToList())
                _grants.Remove(name);
            _contests.RemoveAll(contest => contest.Subject == subject);
            var rows = _partitions[stored.Partition];
            for (var i = 0; i < rows.Count; i++)
                if (rows[i]?.Subject == subject) rows[i] = null;
            rows.Add(null);
            Grow(stored.Partition);
            return stored.Entries.Count;
        }
    }
}
