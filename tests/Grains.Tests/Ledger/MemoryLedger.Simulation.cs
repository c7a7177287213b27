using System.Runtime.CompilerServices;
using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Simulation;
using Scoring.Subjects;

namespace Scoring.Ledger;

public sealed partial class MemoryLedger : ISimulationLedger
{
    public Task<long[]> Positions(CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_partitions.Select(rows => (long)rows.Count).ToArray());
    }

    public Task<IReadOnlyList<(SubjectId Subject, DateOnly Since)>> Subjects(
        ProgrammeId programme, int partition, long last, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<(SubjectId, DateOnly)>>(
            [
                .. _subjects.Values
                    .Where(stored => stored.Programme == programme && stored.Partition == partition && stored.Entries[0].Position <= last)
                    .Select(stored => stored.Record).OfType<EnrolmentRecord>().Where(record => !record.Restricted)
                    .Select(record => (record.Subject, record.Since)),
            ]);
        }
    }

    public async IAsyncEnumerable<Entry> Read(int partition, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        Entry[] rows;
        lock (_gate) rows = [.. _partitions[partition].OfType<Entry>().Where(row => row.Position <= last && FoldState.ReadsBody(row.Kind))];
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }
}
