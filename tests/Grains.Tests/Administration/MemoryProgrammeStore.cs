using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>
/// Keeps what is published and the record in memory. Every call is one transaction under one lock. An act whose key is known changes
/// nothing.
/// </summary>
public sealed class MemoryProgrammeStore(DocumentSet documents) : IProgrammeStore
{
    private readonly Lock _gate = new();
    private readonly List<RecordedAdminAction> _acts = [];
    private readonly Dictionary<Guid, long> _keys = [];
    private Action? _late;
    private PublishedState _state = new(
        documents, [], [],
        documents.Sources.Select(source => StoppedState.KeyOf(RegistrationKind.Source, source.Id))
            .Concat(documents.Services.Select(service => StoppedState.KeyOf(RegistrationKind.Service, service.Id)))
            .Concat(documents.EventTypes.Select(type => StoppedState.KeyOf(RegistrationKind.EventType, type.Name)))
            .ToImmutableDictionary(key => key, _ => RegistrationStatus.Registered));

    public enum Fault
    {
        None,
        BeforeCommit,
        AfterCommit,

        /// <summary>The call fails. Its act is committed just before the next publication.</summary>
        LateCommit,

        /// <summary>With the act's change no silo could read the documents, now and whenever it is tried again.</summary>
        Unreadable,
    }

    /// <summary>Called after each act that took effect, as a silo renews its rule book.</summary>
    public Action? Changed { get; set; }

    /// <summary>The fault of the next act with this word.</summary>
    public (string Act, Fault Fault) Next { get; set; }

    public PublishedState State
    {
        get { lock (_gate) return _state; }
    }

    public IReadOnlyList<RecordedAdminAction> Record
    {
        get { lock (_gate) return [.. _acts]; }
    }

    /// <summary>The administrators who did the recorded acts with one word, in order.</summary>
    public string[] ActorsOf(string act) => [.. Record.Where(recorded => recorded.Act == act).Select(recorded => recorded.By)];

    public async Task<PublishedState> Read(CancellationToken cancellationToken)
    {
        await Task.Yield();
        return State;
    }

    Task<long> IProgrammeStore.Record(NewAdminAction act, CancellationToken cancellationToken) => Commit(act, state => state);

    public Task<long> Publish(ProgrammeVersion version, NewAdminAction act, CancellationToken cancellationToken) => Commit(act, state =>
    {
        var number = state.Documents.VersionsOf(version.Terms.Id).Length + 1;
        if (state.Ended.Contains(version.Terms.Id)) throw new InvalidOperationException("The programme has ended.");
        if (version.RuleSet.Number != number) throw new InvalidOperationException($"Version {number} comes next.");
        return state with { Documents = state.Documents with { Versions = [.. state.Documents.Versions, version] } };
    });

    public Task<long> SetSuspended(ProgrammeId programme, bool suspended, NewAdminAction act, CancellationToken cancellationToken) =>
        Commit(act, state => Known(state, programme) with
        {
            Suspended = suspended ? state.Suspended.Add(programme) : state.Suspended.Remove(programme),
        });

    public Task<long> EndProgramme(ProgrammeId programme, NewAdminAction act, CancellationToken cancellationToken) =>
        Commit(act, state => Known(state, programme) with { Ended = state.Ended.Add(programme) });

    public Task<long> Register(
        RegistrationKind kind, string id, byte[] document, RegistrationStatus status, NewAdminAction act,
        CancellationToken cancellationToken) =>
        Commit(act, state => state with
        {
            Documents = With(state.Documents, kind, id, document),
            Registrations = state.Registrations.SetItem(StoppedState.KeyOf(kind, id), status),
        });

    public async Task<IReadOnlyList<RecordedAdminAction>> ReadRecord(
        ProgrammeId programme, long after, int count, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return [.. Record.Where(act => act.Number > after && (act.Programme is null || act.Programme == programme)).Take(count)];
    }

    private async Task<long> Commit(NewAdminAction act, Func<PublishedState, PublishedState> change)
    {
        await Task.Yield();
        var fault = Next.Act == act.Act ? Next.Fault : Fault.None;
        if (fault is not (Fault.None or Fault.Unreadable)) Next = default;
        if (fault == Fault.Unreadable) throw new UnreadableChangeException(new InvalidOperationException("A document is wrong."));
        if (fault == Fault.BeforeCommit) throw new TimeoutException("Nothing was committed.");
        if (fault == Fault.LateCommit)
        {
            _late = () => Commit(act, change, fault: Fault.None);
            throw new TimeoutException("The commit is still under way.");
        }
        if (act.Act == AdminActions.Published) Interlocked.Exchange(ref _late, null)?.Invoke();
        return Commit(act, change, fault);
    }

    private long Commit(NewAdminAction act, Func<PublishedState, PublishedState> change, Fault fault)
    {
        lock (_gate)
        {
            if (!_keys.TryGetValue(act.Key, out var number))
            {
                _state = Readable(change(_state));
                number = _acts.Count + 1;
                _keys.Add(act.Key, number);
                _acts.Add(new RecordedAdminAction(
                    number, number, act.Act, act.Programme, act.By, act.At, act.Hash, act.Words,
                    act.Details is null ? null : Encoding.UTF8.GetString(act.Details)));
            }
            if (fault == Fault.AfterCommit) throw new TimeoutException("It was committed.");
            Changed?.Invoke();
            return number;
        }
    }

    private static PublishedState Known(PublishedState state, ProgrammeId programme) =>
        state.Documents.VersionsOf(programme).Length > 0 ? state : throw new InvalidOperationException("There is no such programme.");

    /// <summary>Refuses some of the documents that no silo could read: rules that do not compile, and versions out of order.</summary>
    private static PublishedState Readable(PublishedState state)
    {
        try
        {
            state.Documents.Compile();
            foreach (var versions in state.Documents.Versions.GroupBy(version => version.Terms.Id))
            {
                var days = versions.OrderBy(version => version.RuleSet.Number).Select(version => version.RuleSet.FirstDay).ToArray();
                if (days.Zip(days.Skip(1)).Any(pair => pair.First >= pair.Second)) throw new FormatException("First days do not ascend.");
            }
            return state;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new UnreadableChangeException(exception);
        }
    }

    private static DocumentSet With(DocumentSet set, RegistrationKind kind, string id, byte[] document)
    {
        using var parsed = JsonDocument.Parse(document);
        var root = parsed.RootElement;
        var problems = new Problems(id);
        var changed = kind switch
        {
            RegistrationKind.EventType => set with
            {
                EventTypes = [.. set.EventTypes.Where(type => type.Name != id), EventTypeDocument.Read(root, "", problems)],
            },
            RegistrationKind.Source => set with
            {
                Sources = [.. set.Sources.Where(source => source.Id != id), RegistrationDocument.ReadSource(root, "", problems)],
            },
            _ => set with
            {
                Services = [.. set.Services.Where(service => service.Id != id), RegistrationDocument.ReadService(root, "", problems)],
            },
        };
        if (problems.All.Count > 0) throw new UnreadableChangeException(new InvalidOperationException("A document has faults."));
        return changed;
    }
}
