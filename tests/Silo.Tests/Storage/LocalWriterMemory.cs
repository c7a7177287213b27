using Scoring.Ledger;
using Scoring.Owners;
using Scoring.Subjects;

namespace Scoring.Storage;

/// <summary>The memory of the one writer of a stage.</summary>
internal sealed class LocalWriterMemory(PostgresLedger ledger) : IWriterMemories
{
    public Task Forget(SubjectId subject)
    {
        ledger.Forget(subject);
        return Task.CompletedTask;
    }
}
