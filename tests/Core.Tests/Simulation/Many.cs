using System.Collections.Immutable;
using CsCheck;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Simulation;
using Scoring.Subjects;
using Scoring.Tests.Scores;

namespace Scoring.Tests.Simulation;

/// <summary>Many subjects of one partition, each with the beginning of one of a few made-up histories; a programme and a draft.</summary>
internal sealed record Many(World World, World Draft, ImmutableArray<ImmutableArray<Entry>> Histories, int Subjects)
{
    public static readonly Gen<Many> Any = Gen.Select(
        World.Any, World.Any, World.Any.Array[1, 4], Gen.Int[0, 90],
        (world, draft, others, subjects) => new Many(
            world, draft, [.. others.Select(other => other.Entries)], subjects));

    public SimulatedRules Rules => new(World.Rules, DraftAlone.Rules, [World.Trip, World.Parked]);

    public DateOnly Day => World.Asked;

    /// <summary>The draft's set with its own slow reference.</summary>
    public World DraftAlone => World.Of(
        World.Programme(500, 900), [Draft.Rules.RuleSets[^1] with { Number = 1 }], [World.Trip, World.Parked], [], Day);

    public IReadOnlyList<(SubjectId, DateOnly)> Enrolments =>
        [.. Enumerable.Range(1, Subjects).Select(number => (new SubjectId(number), World.Start.AddDays(number % 50)))];

    /// <summary>What a subject has: the first entries of a history, more or less of it.</summary>
    public ImmutableArray<Entry> EntriesOf(int number)
    {
        var history = Histories[number % Histories.Length];
        return [.. history.Take(number * 7 % (history.Length + 1)).Select(entry => entry with { Subject = new SubjectId(number) })];
    }

    /// <summary>All subjects' entries as the ledger would hold them, in turns of the subjects, strangers among them.</summary>
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
