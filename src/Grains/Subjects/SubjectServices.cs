using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Ledger;
using Scoring.Programmes;

namespace Scoring.Subjects;

/// <summary>What every subject of a silo shares, so that each holds one reference instead of six.</summary>
internal sealed class SubjectServices(
    ILedger ledger, LedgerLife life, CurrentRuleBook ruleBook, ProgrammeClock clock, IOptions<SubjectOptions> options,
    ILogger<SubjectServices> log)
{
    public ILedger Ledger => ledger;

    public LedgerLife Life => life;

    public CurrentRuleBook RuleBook => ruleBook;

    public ProgrammeClock Clock => clock;

    public SubjectOptions Options { get; } = options.Value;

    public ILogger Log => log;
}
