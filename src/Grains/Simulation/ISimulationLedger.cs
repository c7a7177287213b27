using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>Reads a programme's entries in bulk and in the background, beside everything else that the ledger does.</summary>
public interface ISimulationLedger
{
    /// <summary>The last committed positions of all partitions, by partition.</summary>
    Task<long[]> Positions(CancellationToken cancellationToken);

    /// <summary>
    /// The living subjects of a programme in one partition who had enrolled by a position, inclusive, each with its day of enrolment.
    /// </summary>
    Task<IReadOnlyList<(SubjectId Subject, DateOnly Since)>> Subjects(
        ProgrammeId programme, int partition, long last, CancellationToken cancellationToken);

    /// <summary>
    /// The entries of one partition up to a position, inclusive, that a fold needs (events, corrections, contest steps), in ascending
    /// positions, of whatever programme. Nobody else's request waits for it.
    /// </summary>
    IAsyncEnumerable<Entry> Read(int partition, long last, CancellationToken cancellationToken);
}
