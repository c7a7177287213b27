using System.Collections.Immutable;

namespace Scoring.Checkpoints;

/// <summary>Reads checkpoints and their logs without a lock, and stores cosignatures.</summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
public interface ICheckpointStore
{
    /// <summary>Returns the latest checkpoint; <see langword="null"/> before the first.</summary>
    Task<Checkpoint?> Latest(CancellationToken cancellationToken);

    /// <summary>Returns one checkpoint by its number, from 1; <see langword="null"/> when there is none.</summary>
    Task<Checkpoint?> Find(long number, CancellationToken cancellationToken);

    /// <summary>
    /// Proves that one checkpoint extends another; <see langword="null"/> when one of them does not exist, or the first is the later one.
    /// </summary>
    Task<ConsistencyProof?> Consistency(long earlier, long later, CancellationToken cancellationToken);

    /// <summary>
    /// Proves for each position of a partition that its leaf is in a checkpoint's log. Positions after the log's size are left out. The
    /// paths come from the stored tiles and the leaves from the entries, so a leaf that was changed since matches no root.
    /// </summary>
    Task<ImmutableArray<InclusionProof>> Inclusion(
        Checkpoint checkpoint, int partition, IReadOnlyList<long> positions, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a witness's cosignature line of a checkpoint, as <see cref="Keys.VerifierKey.Line"/> writes it. It replaces a line of the
    /// same witness, except one with a later time: anyone can send an old line again.
    /// </summary>
    Task Cosign(long number, string witness, string line, CancellationToken cancellationToken);
}
