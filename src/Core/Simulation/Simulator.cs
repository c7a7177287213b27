using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>
/// Works out what a version would change: both sides are folded from the same entries, partition by partition, and only counts are kept.
/// The same rules, day, subjects and entries give the same report. Pure; not safe for use by several threads at once, except
/// <see cref="Begin"/> and what it returns.
/// </summary>
/// <param name="rules">Both sides.</param>
/// <param name="day">The asking day of all scores, in the programme's zone.</param>
public sealed class Simulator(SimulatedRules rules, DateOnly day)
{
    private readonly Tally _tally = new(rules.Now.Programme, rules.Now.InForce(day), rules.Then.InForce(day));
    private long _entries;

    /// <summary>Begins the subjects of one partition.</summary>
    /// <param name="subjects">Distinct, each with its day of enrolment.</param>
    public PartitionFold Begin(IReadOnlyList<(SubjectId Subject, DateOnly Since)> subjects) => new(rules, day, subjects);

    /// <summary>Counts a partition that was folded to its end, once.</summary>
    public void End(PartitionFold fold)
    {
        fold.AddTo(_tally);
        _entries += fold.Entries;
    }

    /// <summary>A whole partition at once.</summary>
    public void Fold(IReadOnlyList<(SubjectId Subject, DateOnly Since)> subjects, IEnumerable<Entry> entries)
    {
        var fold = Begin(subjects);
        foreach (var entry in entries) fold.Take(entry);
        End(fold);
    }

    /// <summary>What came of it.</summary>
    /// <param name="positions">The last position looked at, by partition.</param>
    public SimulationReport Report(ImmutableArray<long> positions) =>
        _tally.Report(positions, day, _entries, SyntheticHistories.Work(rules, day));
}
