using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Recomputing;

namespace Scoring.Subjects;

/// <summary>What every subject of a silo shares, so that each holds one reference instead of seven.</summary>
internal sealed class SubjectServices(
    ILedger ledger, LedgerLife life, CurrentRuleBook ruleBook, ProgrammeClock clock, IOptions<SubjectOptions> options,
    AwakeFolds awake, ILogger<SubjectServices> log)
{
    public ILedger Ledger => ledger;

    public LedgerLife Life => life;

    public CurrentRuleBook RuleBook => ruleBook;

    public ProgrammeClock Clock => clock;

    public SubjectOptions Options { get; } = options.Value;

    public AwakeFolds Awake => awake;

    public ILogger Log => log;
}
