using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Editing;

/// <summary>
/// Helps an administrator to write a draft. A reentrant stateless worker with key 0. It stores and logs nothing, and names no subject.
/// </summary>
[Alias("scoring.IEditingGrain"), GrainInterfaceType("editing")]
public interface IEditingGrain : IGrainWithIntegerKey
{
    /// <summary>Checks a draft against what is published now, as if it were stored.</summary>
    /// <param name="draft"><c>{"programme":{…},"ruleSet":{…},"assessment":{…}}</c> in UTF-8, at most 1 MiB.</param>
    /// <param name="programme">The programme whose next version it is; <see langword="null"/> for the one that its id names.</param>
    /// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached.</exception>
    [Alias("Check"), AnySilo]
    Task<DraftReport> Check(byte[] draft, ProgrammeId? programme);

    /// <summary>Scores a made-up history by the rules of a draft, as if they had always been in force.</summary>
    /// <param name="run">The draft and the history.</param>
    /// <exception cref="Scores.RuleBookStaleException">The silo's rule book is older than its limit.</exception>
    [Alias("Work"), AnySilo]
    Task<WorkbenchOutcome> Work(WorkbenchRun run);
}
