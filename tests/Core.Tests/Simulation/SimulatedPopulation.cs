using System.Collections.Immutable;
using CsCheck;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Subjects;
using Scoring.Tests.Scores;

namespace Scoring.Simulation;

/// <summary>
/// A programme, a draft, and many subjects of one partition. Each subject has the first entries of one of a few synthetic histories.
/// </summary>
internal sealed record SimulatedPopulation(World World, World Draft, ImmutableArray<ImmutableArray<Entry>> Histories, int Subjects)
{
    public static readonly Gen<SimulatedPopulation> Any = Gen.Select(
        World.Any, World.Any, World.Any.Array[1, 4], Gen.Int[0, 90],
        (world, draft, others, subjects) => new SimulatedPopulation(
            world, draft, [.. others.Select(other => other.Entries)], subjects));

    public SimulatedRules Rules => new(World.Rules, DraftAlone.Rules, [World.Trip, World.Parked]);

    public DateOnly Day => World.Asked;

    /// <summary>The draft's rule set alone, with its slow reference.</summary>
    public World DraftAlone { get; } = World.Of(
        World.Programme(500, 900), [Draft.Rules.RuleSets[^1] with { Number = 1 }], [World.Trip, World.Parked], [], World.Asked);

    public IReadOnlyList<(SubjectId, DateOnly)> Enrolments { get; } =
        [.. Enumerable.Range(1, Subjects).Select(number => (new SubjectId(number), World.Start.AddDays(number % 50)))];

    /// <summary>The entries of a subject: the first ones of a history, more or fewer of them.</summary>
    public ImmutableArray<Entry> EntriesOf(int number)
    {
        var history = Histories[number % Histories.Length];
        return [.. history.Take(number * 7 % (history.Length + 1)).Select(entry => entry with { Subject = new SubjectId(number) })];
    }

    /// <summary>The entries of all subjects, and of a few that are not enrolled, as the ledger holds them.</summary>
    public ImmutableArray<Entry> Entries() =>
    [
        .. Enumerable.Range(1, Subjects + 5).SelectMany(number => EntriesOf(number))
            .OrderBy(entry => entry.Turn).ThenBy(entry => entry.Subject.Value)
            .Where(entry => entry.Kind is EntryKind.Event or EntryKind.Corrected or EntryKind.ContestOpened or EntryKind.ContestDecided
                or EntryKind.ContestExtended)
            .Select((entry, index) => entry with { Position = index + 1 }),
    ];

    public SimulationReport Simulated()
    {
        var simulator = new Simulator(Rules, Day);
        simulator.Fold(Enrolments, Entries());
        return simulator.Report([1]);
    }
}
