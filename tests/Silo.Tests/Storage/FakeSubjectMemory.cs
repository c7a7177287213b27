using System.Collections.Concurrent;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Storage;

/// <summary>Notes the subjects that silos have to forget.</summary>
internal sealed class FakeSubjectMemory : ISubjectMemory
{
    private readonly ConcurrentQueue<SubjectId> _forgotten = new();

    public IReadOnlyList<SubjectId> Forgotten => [.. _forgotten];

    /// <summary>Selects the subjects whose silo does not answer.</summary>
    public Predicate<SubjectId>? IsUnreachable { get; set; }

    public Task Forget(SubjectKind kind, SubjectId subject)
    {
        if (IsUnreachable?.Invoke(subject) == true) throw new LedgerUnavailableException();
        _forgotten.Enqueue(subject);
        return Task.CompletedTask;
    }
}
