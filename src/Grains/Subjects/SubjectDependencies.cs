using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Clocks;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Recomputing;
using Scoring.SetAside;

namespace Scoring.Subjects;

/// <summary>The services that all subjects of a silo share. Each subject holds one reference to them instead of ten.</summary>
internal sealed record SubjectDependencies(
    ILedger Ledger, LedgerIncarnation Incarnation, CurrentRuleBook RuleBook, ProgrammeClock Clock, IOptions<SubjectOptions> Configuration,
    ActiveFolds ActiveFolds, PartitionSubscriptions Partitions, ClockGuard ClockGuard, SetAsideNotes SetAside,
    ILogger<SubjectDependencies> Log)
{
    /// <summary>The limits of subjects.</summary>
    public SubjectOptions Options { get; } = Configuration.Value;
}
