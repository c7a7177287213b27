using Scoring.Administration;

namespace Scoring.Inbox;

/// <summary>
/// Reads the states of administrators' grains in bulk, as <see cref="AdministrationStorage"/> holds them, so that a list activates no
/// grain. A state may be pending: the grain completes it at its next call.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
public interface IGrainStateReader
{
    /// <summary>Reads states in ascending ordinal order of their keys.</summary>
    Task<IReadOnlyList<(string Key, T State)>> Read<T>(StateQuery query, CancellationToken cancellationToken);
}

/// <summary>Which states to read.</summary>
/// <param name="Name">The name of the state.</param>
/// <param name="Prefix">The beginning of the keys; empty for all.</param>
/// <param name="After">Only keys after this; empty for the first.</param>
/// <param name="Count">The greatest number of states.</param>
/// <param name="Member">Only states that have a value for this member; <see langword="null"/> for all.</param>
public sealed record StateQuery(string Name, string Prefix, string After, int Count, string? Member = null);
