using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Clocks;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Recomputing;

namespace Scoring.Subjects;

/// <summary>The services that all subjects of a silo share. Each subject holds one reference to them instead of eight.</summary>
internal sealed record SubjectDependencies(
    ILedger Ledger, LedgerIncarnation Incarnation, CurrentRuleBook RuleBook, ProgrammeClock Clock, IOptions<SubjectOptions> Configuration,
    ActiveFolds ActiveFolds, ClockGuard ClockGuard, ILogger<SubjectDependencies> Log)
{
    /// <summary>The limits of subjects.</summary>
    public SubjectOptions Options { get; } = Configuration.Value;
}
