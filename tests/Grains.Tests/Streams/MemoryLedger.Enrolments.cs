using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Streams;

public sealed partial class MemoryLedger : IEnrolmentStore
{
    private readonly Dictionary<string, SubjectId> _locators = [];
    private readonly Dictionary<string, (SubjectId Subject, NewHandle Handle)> _linked = [];

    public async Task<int?> Enrol(NewEnrolment enrolment, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            var free = enrolment.Locators.ToList().FindIndex(locator => !_locators.ContainsKey(Name(locator)));
            if (free < 0) return null;
            if (enrolment.Handles.Any(h => _linked.TryGetValue(Name(h.Hash), out var old) && old.Handle.ProvedAt >= h.ProvedAt))
                throw new HandleProofReplayedException();
            var partition = enrolment.Locators[0][0] % partitionCount;
            _people.Add(enrolment.Subject, new Person(enrolment.Kind, enrolment.Programme, partition)
            {
                Record = new EnrolmentRecord(
                    enrolment.Subject, enrolment.Kind, enrolment.Programme, enrolment.RuleSet, enrolment.Day, enrolment.Consented),
            });
            _locators.Add(Name(enrolment.Locators[free]), enrolment.Subject);
            Write(enrolment.Subject, EntryKind.Enrolled, Guid.NewGuid(), enrolment.Day, enrolment.Receipts[free]);
            foreach (var handle in enrolment.Handles)
            {
                _linked[Name(handle.Hash)] = (enrolment.Subject, handle);
                _handles[Name(handle.Hash)] = (enrolment.Subject, enrolment.At);
                Write(enrolment.Subject, EntryKind.HandleLinked, Guid.NewGuid(), enrolment.Day, []);
            }
            return free;
        }
    }

    public async Task<bool?> RenewConsent(
        byte[] locator, string ruleSet, int number, EntryToAppend entry, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_locators.TryGetValue(Name(locator), out var subject)) return null;
            if (_people[subject] is not { Record: { } record } person) return null;
            if (record.Consented >= number) return false;
            person.Record = record with { RuleSet = ruleSet, Consented = number };
            Write(subject, entry.Kind, entry.Key, entry.Day, entry.Body);
            return true;
        }
    }

    public async Task<bool?> Restrict(byte[] locator, bool restricted, EntryToAppend entry, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_locators.TryGetValue(Name(locator), out var subject)) return null;
            if (_people[subject] is not { Record: { } record } person) return null;
            if (record.Restricted == restricted) return false;
            person.Record = record with { Restricted = restricted };
            Write(subject, entry.Kind, entry.Key, entry.Day, entry.Body);
            return true;
        }
    }

    public async Task<bool?> Link(byte[] locator, HandlesToLink wanted, int countMax, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_locators.TryGetValue(Name(locator), out var subject)) return null;
            if (wanted.Handles.Any(h => _linked.TryGetValue(Name(h.Hash), out var old) && old.Handle.ProvedAt >= h.ProvedAt))
                throw new HandleProofReplayedException();
            if (_linked.Values.Count(l => l.Subject == subject) + wanted.Handles.Count > countMax) return false;
            foreach (var handle in wanted.Handles)
            {
                if (_linked.TryGetValue(Name(handle.Hash), out var old))
                    Write(old.Subject, EntryKind.HandleUnlinked, Guid.NewGuid(), wanted.Day, []);
                _linked[Name(handle.Hash)] = (subject, handle);
                _handles[Name(handle.Hash)] = (subject, wanted.At);
                Write(subject, EntryKind.HandleLinked, Guid.NewGuid(), wanted.Day, []);
            }
            return true;
        }
    }

    public async Task<bool> Unlink(byte[] locator, string handle, DateOnly day, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_locators.TryGetValue(Name(locator), out var subject)) return false;
            var found = _linked.Where(pair => pair.Value.Subject == subject && pair.Value.Handle.Id == handle).ToList();
            if (found.Count == 0) return false;
            _linked.Remove(found[0].Key);
            _handles.Remove(found[0].Key);
            Write(subject, EntryKind.HandleUnlinked, Guid.NewGuid(), day, []);
            return true;
        }
    }

    public async Task<EnrolmentRecord?> Find(byte[] locator, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate) return _locators.TryGetValue(Name(locator), out var subject) ? _people[subject].Record : null;
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
                .Select(pair => new HandleView(pair.Value.Handle.Id, pair.Value.Handle.Source, _handles[pair.Key].Since))];
        }
    }

    public async Task<bool> Grant(byte[] locator, NewGrant grant, int countMax, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            var subject = _locators[Name(locator)];
            if (_grants.Values.Count(other => other.Subject == subject && UsesLeft(other.Grant) != 0) >= countMax) return false;
            _grants.Add(Name(grant.Hash), (subject, grant));
            Write(subject, grant.Entry.Kind, grant.Entry.Key, grant.Entry.Day, grant.Entry.Body);
            return true;
        }
    }

    /// <summary>Lets the bearer of a token ask, without an entry.</summary>
    public void Grant(SubjectId subject, byte[] grantHash, string service)
    {
        lock (_gate)
        {
            var entry = new EntryToAppend(EntryKind.Granted, Guid.NewGuid(), default, []);
            _grants.Add(Name(grantHash), (subject, new NewGrant($"g{_grants.Count}", grantHash, service, default, null, entry)));
        }
    }

    public async Task<IReadOnlyList<GrantView>> GrantsOf(SubjectId subject, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return [.. _grants.Values.Where(pair => pair.Subject == subject)
                .Select(pair => new GrantView(pair.Grant.Id, pair.Grant.Service, pair.Grant.At, pair.Grant.Until)
                {
                    UsesLeft = UsesLeft(pair.Grant),
                })];
        }
    }

    public async Task<bool> Revoke(byte[] locator, string grant, EntryToAppend entry, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_locators.TryGetValue(Name(locator), out var subject)) return false;
            var found = _grants.Where(pair => pair.Value.Subject == subject && pair.Value.Grant.Id == grant).ToList();
            if (found.Count == 0) return false;
            _grants.Remove(found[0].Key);
            Write(subject, entry.Kind, entry.Key, entry.Day, entry.Body);
            return true;
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
            if (!_locators.Remove(Name(locator), out subject)) return null;
            kind = _people[subject].Kind;
            entries = Erase(subject);
        }
        if (Memory is not null) await Memory.Forget(kind, subject);
        return (subject, entries);
    }

    /// <summary>What the silos hold; an erasure is not over before they forget.</summary>
    public ISubjectMemory? Memory { get; set; }

    /// <summary>Erases a subject with everything that hangs from it; its rows keep their places.</summary>
    public long Erase(SubjectId subject)
    {
        lock (_gate)
        {
            if (!_people.Remove(subject, out var person)) return 0;
            foreach (var name in _handles.Where(pair => pair.Value.Subject == subject).Select(pair => pair.Key).ToList())
            {
                _handles.Remove(name);
                _linked.Remove(name);
            }
            foreach (var name in _grants.Where(pair => pair.Value.Subject == subject).Select(pair => pair.Key).ToList())
                _grants.Remove(name);
            var rows = _partitions[person.Partition];
            for (var i = 0; i < rows.Count; i++)
                if (rows[i]?.Subject == subject) rows[i] = null;
            rows.Add(null);
            Grow(person.Partition);
            return person.Entries.Count;
        }
    }
}
