using System.Diagnostics;
using System.Globalization;
using System.Net;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Verify.Scores;

namespace Scoring.Bench;

/// <summary>Many made-up keepers, each enrolled over HTTP with a real proof, and the road by which traffic about them is sent.</summary>
public sealed class BenchClient(Session session, TextWriter progress)
{
    /// <summary>How many enrolments are under way at once.</summary>
    public const int EnrolParallel = 32;

    /// <summary>Enrols so many.</summary>
    public async Task<(IReadOnlyList<Resident> People, TimeSpan Took)> Enrol(
        ProgrammeDocument programme, int count, CancellationToken cancellationToken)
    {
        Resident[] joining = [.. Enumerable.Range(0, count)
            .Select(i => session.TownHall.Meet(programme.Id, string.Create(CultureInfo.InvariantCulture, $"vehicle-{i}")))
            .Select(r => r with { Handles = [r.HandleFor(EventFamily.Traffic)] })];
        var since = Stopwatch.GetTimestamp();
        var people = await session.TownHall.Enrol(programme, joining, ReportTenths("enrolled", joining.Length), cancellationToken, EnrolParallel);
        return (people, Stopwatch.GetElapsedTime(since));
    }

    /// <summary>Sends batches for so long at most; returns how many events were accepted, and how long each batch took.</summary>
    public async Task<(long Accepted, List<double> LatenciesMs)> Send(
        IReadOnlyList<(byte[] Json, int Events)> batches, int seconds, int parallel, CancellationToken cancellationToken)
    {
        var token = session.Standalone.Sources.First(s => s.Family == EventFamily.Traffic).Token;
        var (started, next, accepted) = (Stopwatch.GetTimestamp(), -1, 0L);
        var latencies = new List<double>();
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds
                && Interlocked.Increment(ref next) is var i && i < batches.Count)
            {
                var since = Stopwatch.GetTimestamp();
                var (status, answer) = await session.Participation.Post(token, batches[i].Json, cancellationToken);
                var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
                if (status != HttpStatusCode.Accepted) throw new ApiException(status, "A batch", answer);
                lock (latencies) latencies.Add(took);
                Interlocked.Add(ref accepted, batches[i].Events);
            }
        }));
        return (accepted, latencies);
    }

    /// <summary>Tells of every tenth.</summary>
    public Action<int> ReportTenths(string what, int all) => done =>
    {
        if (done % Math.Max(1, all / 10) == 0) progress.WriteLine($"{done:N0} of {all:N0} {what}");
    };
}
