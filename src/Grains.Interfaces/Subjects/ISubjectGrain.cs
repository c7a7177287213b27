using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>
/// One enrolled subject in one programme. Key: the subject's number. It holds only a fold of its ledger entries. Deliveries may be lost,
/// repeated or reordered; its answers always equal the fold of the ledger. No number comes from outside the platform: a caller first
/// resolves a grant or a locator in the ledger's own transaction.
/// </summary>
[Alias("scoring.ISubjectGrain")]
public interface ISubjectGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Delivers entries of this subject in ascending turns. The grain ignores turns that it has folded and fills a hole from the ledger. A
    /// delivery never starts a fold: only a query does.
    /// </summary>
    [Alias("Deliver")]
    Task Deliver(ImmutableArray<Entry> entries);

    /// <summary>
    /// Returns the score as the fold of exactly the turns below <paramref name="turn"/>, on <paramref name="day"/> in the programme's zone;
    /// <see langword="null"/> when the subject has left.
    /// </summary>
    /// <exception cref="RuleBookStaleException">The silo's rule book is older than its limit. Try another silo, or later.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be reached.</exception>
    [Alias("ScoreBelow")]
    Task<ScoreValue?> ScoreBelow(long turn, DateOnly day);

    /// <summary>
    /// Explains the score over every entry committed before the call, on the programme's current day; <see langword="null"/> when the
    /// subject has left.
    /// </summary>
    /// <exception cref="RuleBookStaleException">The silo's rule book is older than its limit. Try another silo, or later.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be reached.</exception>
    [Alias("Explain")]
    Task<Explanation?> Explain();

    /// <summary>
    /// Drops everything that the grain holds about the subject, and deactivates it. Call it once its withdrawal is committed.
    /// </summary>
    [Alias("Forget")]
    Task Forget();
}

/// <summary>A citizen in one programme; see <see cref="ISubjectGrain"/>.</summary>
[Alias("scoring.ICitizenGrain"), GrainInterfaceType("citizen")]
public interface ICitizenGrain : ISubjectGrain;

/// <summary>A vehicle in one programme; see <see cref="ISubjectGrain"/>.</summary>
[Alias("scoring.IVehicleGrain"), GrainInterfaceType("vehicle")]
public interface IVehicleGrain : ISubjectGrain;

/// <summary>A merchant in one programme; see <see cref="ISubjectGrain"/>.</summary>
[Alias("scoring.IMerchantGrain"), GrainInterfaceType("merchant")]
public interface IMerchantGrain : ISubjectGrain;
