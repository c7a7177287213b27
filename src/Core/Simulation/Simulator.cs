using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>
/// Computes what a version would change. It folds both sides from the same entries, partition by partition, and keeps counts only. The same
/// rules, day, subjects and entries give the same report. Not thread-safe, except that several threads may call <see cref="Begin"/>; each
/// fold that it returns is for one thread.
/// </summary>
/// <param name="rules">The two sides.</param>
/// <param name="day">The asking day of all scores, in the programme's zone.</param>
public sealed class Simulator(SimulatedRules rules, DateOnly day)
{
    private readonly Tally _tally = new(rules.Now.Programme, rules.Now.InForce(day), rules.Then.InForce(day));
    private long _entries;

    /// <summary>Begins the fold of one partition.</summary>
    /// <param name="subjects">The distinct subjects, each with its day of enrolment.</param>
    public PartitionFold Begin(IReadOnlyList<(SubjectId Subject, DateOnly Since)> subjects) => new(rules, day, subjects);

    /// <summary>Counts a partition's fold when all its entries are folded. Called once per partition.</summary>
    public void End(PartitionFold fold)
    {
        fold.AddTo(_tally);
        _entries += fold.Entries;
    }

    /// <summary>Folds and counts a whole partition.</summary>
    public void Fold(IReadOnlyList<(SubjectId Subject, DateOnly Since)> subjects, IEnumerable<Entry> entries)
    {
        var fold = Begin(subjects);
        foreach (var entry in entries) fold.Take(entry);
        End(fold);
    }

    /// <summary>The report of all partitions that were counted.</summary>
    /// <param name="positions">The last position that was read, by partition.</param>
    public SimulationReport Report(ImmutableArray<long> positions) =>
        _tally.Report(positions, day, _entries, SyntheticHistories.Work(rules, day));
}
