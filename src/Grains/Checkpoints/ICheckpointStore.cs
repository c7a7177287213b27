using System.Collections.Immutable;

namespace Scoring.Checkpoints;

/// <summary>Reads of checkpoints and of the logs under them, none of which takes a lock.</summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger is out of reach (from every member).</exception>
public interface ICheckpointStore
{
    /// <summary>The latest checkpoint; <see langword="null"/> before the first.</summary>
    Task<Checkpoint?> Latest(CancellationToken cancellationToken);

    /// <summary>One by its number; <see langword="null"/> when there is none.</summary>
    Task<Checkpoint?> Find(long number, CancellationToken cancellationToken);

    /// <summary>
    /// Proof that one checkpoint extends another; <see langword="null"/> when one is not there, or the first is the later one.
    /// </summary>
    Task<ConsistencyProof?> Consistency(long earlier, long later, CancellationToken cancellationToken);

    /// <summary>
    /// Proof for each position of a partition that its leaf is in a checkpoint's log. Positions past the log's size are left out. The
    /// paths come from what the sealer wrote, the leaves from the entries: a leaf that was changed since fits no root.
    /// </summary>
    Task<ImmutableArray<InclusionProof>> Inclusion(
        Checkpoint checkpoint, int partition, IReadOnlyList<long> positions, CancellationToken cancellationToken);

    /// <summary>Keeps a witness's cosignature line of a checkpoint; a later one of the same witness takes its place.</summary>
    Task Cosign(long number, string witness, string line, CancellationToken cancellationToken);
}
