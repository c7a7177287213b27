using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>Reads a programme's entries in bulk, in the background of the ledger's other work.</summary>
/// <exception cref="LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
public interface ISimulationLedger
{
    /// <summary>Returns the last committed positions of all partitions, by partition.</summary>
    Task<long[]> Positions(CancellationToken cancellationToken);

    /// <summary>
    /// Lists the enrolled subjects of a programme in one partition whose enrolment is at or before a position, each with its day of
    /// enrolment.
    /// </summary>
    Task<IReadOnlyList<(SubjectId Subject, DateOnly Since)>> Subjects(
        ProgrammeId programme, int partition, long last, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the entries of one partition up to a position, inclusive, that a fold needs (events, corrections, contest steps), in ascending
    /// positions, of every programme. No other request waits for it.
    /// </summary>
    IAsyncEnumerable<Entry> Read(int partition, long last, CancellationToken cancellationToken);
}
