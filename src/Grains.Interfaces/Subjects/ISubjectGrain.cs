using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>
/// One enrolled subject in one programme. It holds nothing but a fold of its ledger entries: whatever it is handed, in whatever order
/// and however often, its answers equal the fold of the ledger. Not reached from outside by number: callers first resolve a grant or a
/// locator in the ledger's own transaction.
/// </summary>
[Alias("scoring.ISubjectGrain")]
public interface ISubjectGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Hands over entries of this subject in ascending turns. Turns already folded are ignored; a hole is filled from the ledger.
    /// Never a promise: delivery may be lost, repeated, or late.
    /// </summary>
    [Alias("Deliver")]
    Task Deliver(ImmutableArray<Entry> entries);

    /// <summary>
    /// The score as the fold of exactly the turns below <paramref name="turn"/>, on <paramref name="day"/> in the programme's zone.
    /// <see langword="null"/> when the subject has left meanwhile.
    /// </summary>
    /// <exception cref="RuleBookStaleException">The silo's rule book is older than its limit; ask again elsewhere or later.</exception>
    [Alias("ScoreBelow")]
    Task<ScoreValue?> ScoreBelow(long turn, DateOnly day);

    /// <summary>The score with its explanation, over every entry committed before the call, on the programme's current day.</summary>
    /// <exception cref="RuleBookStaleException">The silo's rule book is older than its limit.</exception>
    [Alias("Explain")]
    Task<Explanation?> Explain();

    /// <summary>Drops everything held about the subject and deactivates. Called once its withdrawal is committed.</summary>
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
