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

    /// <summary>Selects the subjects whose grain always throws: a defect.</summary>
    public Predicate<SubjectId>? IsStuck { get; set; }

    public Task Forget(SubjectKind kind, SubjectId subject)
    {
        if (IsStuck?.Invoke(subject) == true) throw new InvalidOperationException("The grain has a defect.");
        if (IsUnreachable?.Invoke(subject) == true) throw new LedgerUnavailableException();
        _forgotten.Enqueue(subject);
        return Task.CompletedTask;
    }
}
