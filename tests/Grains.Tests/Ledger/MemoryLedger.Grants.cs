using Scoring.Enrolments;
using Scoring.Subjects;

namespace Scoring.Ledger;

public sealed partial class MemoryLedger
{
    private readonly Dictionary<string, (SubjectId Subject, NewGrant Grant)> _grants = [];
    private readonly Dictionary<string, int> _uses = [];

    public async Task<bool> Grant(byte[] locator, NewGrant grant, int countMax, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            if (!_locators.TryGetValue(Hex(locator), out var subject)) return false;
            if (_grants.Values.Count(other => other.Subject == subject && UsesLeft(other.Grant) != 0 && !(other.Grant.Until <= grant.At))
                >= countMax)
            {
                return false;
            }
            foreach (var old in OldGrants(subject, grant.At, countMax)) _grants.Remove(old);
            _grants.Add(Hex(grant.Hash), (subject, grant));
            Write(subject, grant.Entry.Kind, grant.Entry.Key, grant.Entry.Day, grant.Entry.Body);
            return true;
        }
    }

    /// <summary>Grants a token to a service without appending an entry.</summary>
    public void Grant(SubjectId subject, byte[] grantHash, string service)
    {
        lock (_gate)
        {
            var entry = new EntryToAppend(EntryKind.Granted, Guid.NewGuid(), default, []);
            _grants.Add(Hex(grantHash), (subject, new NewGrant($"g{_grants.Count}", grantHash, service, default, null, entry)));
        }
    }

    public async Task<IReadOnlyList<GrantView>> GrantsOf(SubjectId subject, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_gate)
        {
            return [.. _grants.Values.Where(pair => pair.Subject == subject && !(pair.Grant.Until <= TimeProvider.System.GetUtcNow()))
                .OrderBy(pair => pair.Grant.At).ThenBy(pair => pair.Grant.Id, StringComparer.Ordinal)
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
            if (!_locators.TryGetValue(Hex(locator), out var subject)) return false;
            var found = _grants.Where(pair => pair.Value.Subject == subject && pair.Value.Grant.Id == grant).ToList();
            if (found.Count == 0) return false;
            _grants.Remove(found[0].Key);
            Write(subject, entry.Kind, entry.Key, entry.Day, entry.Body);
            return true;
        }
    }

    /// <summary>The grants of a subject that have ended, and the used-up ones except the newest.</summary>
    private string[] OldGrants(SubjectId subject, DateTimeOffset now, int usedUpMax)
    {
        var own = _grants.Where(pair => pair.Value.Subject == subject).ToArray();
        var usedUp = own.Where(pair => UsesLeft(pair.Value.Grant) == 0)
            .OrderByDescending(pair => pair.Value.Grant.At).ThenBy(pair => pair.Value.Grant.Id, StringComparer.Ordinal);
        return [.. own.Where(pair => pair.Value.Grant.Until <= now).Concat(usedUp.Skip(usedUpMax)).Select(pair => pair.Key).Distinct()];
    }

    private int? UsesLeft(NewGrant grant) => grant.Uses - _uses.GetValueOrDefault(Hex(grant.Hash));

    /// <summary>Counts one use for a new query entry; <see langword="false"/> when no use is left.</summary>
    private bool TakeUse(NewGrant grant)
    {
        if (UsesLeft(grant) == 0) return false;
        _uses[Hex(grant.Hash)] = _uses.GetValueOrDefault(Hex(grant.Hash)) + 1;
        return true;
    }
}
