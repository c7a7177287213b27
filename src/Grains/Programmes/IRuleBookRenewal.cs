using Scoring.Ledger;
using Scoring.Scores;

namespace Scoring.Programmes;

/// <summary>Renews this silo's rule book and catalogue from the database. It is implemented over PostgreSQL.</summary>
public interface IRuleBookRenewal
{
    /// <summary>Reads what is published and registered, and renews <see cref="CurrentRuleBook"/>.</summary>
    /// <exception cref="LedgerUnavailableException">The database cannot be read.</exception>
    /// <exception cref="RuleBookStaleException">What the database holds has faults.</exception>
    Task Renew();
}
