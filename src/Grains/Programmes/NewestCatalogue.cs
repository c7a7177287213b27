using Microsoft.Extensions.Options;
using Scoring.Hosting;

namespace Scoring.Programmes;

/// <summary>
/// Decides with the newest catalogue whatever would be refused because this silo does not know a name: another silo may have registered it
/// just now, and a refusal is final. One read of the database serves all such decisions, at most every
/// <see cref="RuleBookOptions.MissSeconds"/>.
/// </summary>
internal sealed class NewestCatalogue(IRuleBookRenewal renewal, IOptions<RuleBookOptions> options, TimeProvider time)
{
    private readonly SharedRead<bool> _reads = new(
        async () =>
        {
            await renewal.Renew();
            return true;
        },
        TimeSpan.FromSeconds(options.Value.MissSeconds), time);

    /// <summary>Renews the catalogue by a read that begins after this call.</summary>
    /// <exception cref="Ledger.LedgerUnavailableException">The database cannot be read.</exception>
    /// <exception cref="Scores.RuleBookStaleException">What the database holds has faults.</exception>
    public Task Read() => _reads.Read();

    /// <summary>
    /// Decides; when the outcome is that a name is unknown, reads the catalogue and decides again. The decision must be one that can be
    /// repeated, as a refusal is.
    /// </summary>
    /// <exception cref="Ledger.LedgerUnavailableException">The database cannot be read.</exception>
    /// <exception cref="Scores.RuleBookStaleException">What the database holds has faults.</exception>
    public async Task<T> Decide<T>(Func<Task<T>> decide, Func<T, bool> isUnknown)
    {
        var outcome = await decide();
        if (!isUnknown(outcome)) return outcome;
        await Read();
        return await decide();
    }
}
