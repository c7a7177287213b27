using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Recomputing;

namespace Scoring.Subjects;

/// <summary>What every subject of a silo shares, so that each holds one reference instead of seven.</summary>
internal sealed class SubjectDependencies(
    ILedger ledger, LedgerIncarnation life, CurrentRuleBook ruleBook, ProgrammeClock clock, IOptions<SubjectOptions> options,
    ActiveFolds awake, ILogger<SubjectDependencies> log)
{
    public ILedger Ledger => ledger;

    public LedgerIncarnation Incarnation => life;

    public CurrentRuleBook RuleBook => ruleBook;

    public ProgrammeClock Clock => clock;

    public SubjectOptions Options { get; } = options.Value;

    public ActiveFolds ActiveFolds => awake;

    public ILogger Log => log;
}
