using System.Diagnostics;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Simulation;
using Scoring.Subjects;

namespace Scoring.Bench.Simulation;

/// <summary>Folds synthetic trips of the shipped programme for vehicles, partition by partition, as a simulation does.</summary>
public static class SimulateRun
{
    private const int Partitions = 16;
    private const int Bodies = 4096;
    private const int DaysBack = 400;
    private static readonly DateOnly Day = new(2026, 11, 23);

    /// <summary>Runs the bench.</summary>
    public static SimulateResult Run(int subjects, int entries, TextWriter progress)
    {
        var simulator = new Simulator(Rules(), Day);
        var draw = new Random(20261123);
        var bodies = Enumerable.Range(0, Bodies).Select(_ => Trip(draw)).ToArray();
        var folding = TimeSpan.Zero;
        var allocated = 0L;
        for (var partition = 0; partition < Partitions; partition++)
        {
            var enrolled = Enrolled(Share(subjects, partition), partition, draw);
            var created = Entries(enrolled, Share(entries, partition), partition, bodies, draw);
            var startedAt = Stopwatch.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            simulator.Fold(enrolled, created);
            folding += Stopwatch.GetElapsedTime(startedAt);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            progress.WriteLine($"{partition + 1} of {Partitions} partitions");
        }
        var reporting = Stopwatch.GetTimestamp();
        var report = simulator.Report([.. Enumerable.Repeat((long)entries / Partitions, Partitions)]);
        var reported = Stopwatch.GetElapsedTime(reporting);
        return new SimulateResult(
            "simulate", subjects, report.Entries, Partitions, Math.Round(folding.TotalSeconds, 2),
            Math.Round(report.Entries / folding.TotalSeconds), Math.Round((double)allocated / Math.Max(1, report.Entries), 1),
            Math.Round(reported.TotalMilliseconds, 1), Process.GetCurrentProcess().PeakWorkingSet64 >> 20);
    }

    /// <summary>Returns the shipped rules and a draft that doubles the points of the first rule.</summary>
    private static SimulatedRules Rules()
    {
        var shipped = ProgrammeFolder.Load(Path.Combine(AppContext.BaseDirectory, "programmes"), null);
        var version = shipped.VersionsOf(ProgrammeId.Parse("safe-driver"))[0];
        var set = version.RuleSet;
        var doubled = set.Rules[0] with { Points = new FixedPoints(2 * ((FixedPoints)set.Rules[0].Points).Value) };
        var draft = set with { Number = 2, FirstDay = Day.AddDays(14), Rules = set.Rules.SetItem(0, doubled) };
        return SimulatedRules.Of(shipped, version with { RuleSet = draft });
    }

    private static int Share(int count, int partition) => count / Partitions + (partition < count % Partitions ? 1 : 0);

    private static List<(SubjectId Subject, DateOnly Since)> Enrolled(int count, int partition, Random draw) =>
        [.. Enumerable.Range(0, count).Select(number => (
            new SubjectId(((long)partition << 32) + number * 7919L), Day.AddDays(-DaysBack - draw.Next(300))))];

    private static Entry[] Entries(
        List<(SubjectId Subject, DateOnly Since)> subjects, int count, int partition, byte[][] bodies, Random draw)
    {
        var turns = new long[subjects.Count];
        var entries = new Entry[subjects.Count == 0 ? 0 : count];
        for (var index = 0; index < entries.Length; index++)
        {
            var subject = draw.Next(subjects.Count);
            var day = Day.AddDays(-DaysBack + (int)((long)DaysBack * index / count)); // events arrive roughly in the order of their days
            turns[subject] = turns[subject] == 0 ? 2 : turns[subject] + 1;
            entries[index] = new Entry(
                partition, index + 1, subjects[subject].Subject, turns[subject], EntryKind.Event, day, bodies[draw.Next(bodies.Length)]);
        }
        return entries;
    }

    private static byte[] Trip(Random draw) => System.Text.Encoding.UTF8.GetBytes(string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $$"""{"data":{"distanceKm":{{draw.Next(1, 90)}},"harshBrakings":{{draw.Next(0, 5)}},"overLimitKm":{{(draw.Next(3) == 0
            ? draw.Next(1, 9) : 0)}}},"source":"urn:example:traffic","type":"traffic.trip"}"""));
}
