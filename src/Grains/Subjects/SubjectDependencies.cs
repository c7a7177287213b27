using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Recomputing;

namespace Scoring.Subjects;

/// <summary>The services that all subjects of a silo share. Each subject holds one reference to them instead of seven.</summary>
internal sealed record SubjectDependencies(
    ILedger Ledger, LedgerIncarnation Incarnation, CurrentRuleBook RuleBook, ProgrammeClock Clock, IOptions<SubjectOptions> Configuration,
    ActiveFolds ActiveFolds, ILogger<SubjectDependencies> Log)
{
    /// <summary>The limits of subjects.</summary>
    public SubjectOptions Options { get; } = Configuration.Value;
}
