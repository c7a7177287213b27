using System.Diagnostics;
using Orleans.Runtime;
using Scoring.Bench.Platforms;
using Scoring.City;
using Scoring.Subjects;

namespace Scoring.Bench.Subjects;

/// <summary>
/// Calls the grains of subjects as a score query does, without HTTP and without an entry for it: the first call activates the subject and
/// folds its whole history.
/// </summary>
public sealed class SubjectCalls(BenchPlatform bench)
{
    private readonly IGrainFactory _grains = bench.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Reads every subject with the turn of its last entry.</summary>
    public async Task<IReadOnlyList<(long Subject, long Turn)>> ReadAll(CancellationToken cancellationToken)
    {
        var subjects = new List<(long, long)>();
        await using var command = bench.Database.CreateCommand(
            "SELECT subject, max(turn) FROM ledger.entry WHERE subject IS NOT NULL GROUP BY subject ORDER BY min(position)");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) subjects.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return subjects;
    }

    /// <summary>Folds the history of each subject. Returns the time it took, and how long each call took in milliseconds.</summary>
    /// <exception cref="CityException">A subject has no score.</exception>
    public async Task<(TimeSpan Took, double[] Milliseconds)> Fold(
        IReadOnlyList<(long Subject, long Turn)> subjects, int parallel, CancellationToken cancellationToken)
    {
        var took = new double[subjects.Count];
        var startedAt = Stopwatch.GetTimestamp();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, subjects.Count, limits, async (i, _) =>
        {
            var sentAt = Stopwatch.GetTimestamp();
            var grain = _grains.GetGrain<IVehicleGrain>(subjects[i].Subject);
            var score = await grain.ScoreBelow(subjects[i].Turn + 1, bench.Programme.Today);
            if (score is null) throw new CityException("A subject has no score.");
            took[i] = Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds;
        });
        return (Stopwatch.GetElapsedTime(startedAt), took);
    }

    /// <summary>Counts the active subjects.</summary>
    public async Task<int> CountActive()
    {
        var statistics = await _grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return statistics.Where(kind => kind.GrainType.Contains("VehicleGrain", StringComparison.Ordinal))
            .Sum(kind => kind.ActivationCount);
    }
}
