using System.Diagnostics;
using System.Globalization;
using System.Net;
using Scoring.City;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Verify.Scores;

namespace Scoring.Bench;

/// <summary>Enrols synthetic vehicle keepers over HTTP, each with a real proof, and sends traffic events about them.</summary>
public sealed class BenchClient(Session session, TextWriter progress)
{
    /// <summary>How many enrolments are sent concurrently.</summary>
    public const int EnrolParallel = 32;

    /// <summary>Enrols a number of keepers. Returns them and the time it took.</summary>
    public async Task<(IReadOnlyList<Resident> People, TimeSpan Took)> Enrol(
        ProgrammeDocument programme, int count, CancellationToken cancellationToken)
    {
        Resident[] joining = [.. Enumerable.Range(0, count)
            .Select(i => session.Residents.Draw(programme.Id, string.Create(CultureInfo.InvariantCulture, $"vehicle-{i}")))
            .Select(r => r with { Handles = [r.HandleFor(EventFamily.Traffic)] })];
        var since = Stopwatch.GetTimestamp();
        var people = await session.Residents.Enrol(
            programme, joining, ReportTenths("enrolled", joining.Length), cancellationToken, EnrolParallel);
        return (people, Stopwatch.GetElapsedTime(since));
    }

    /// <summary>
    /// Sends batches for a number of seconds at most. Returns how many events were accepted, and how long each batch took.
    /// </summary>
    public async Task<(long Accepted, List<double> LatenciesMs)> Send(
        IReadOnlyList<(byte[] Json, int Events)> batches, int seconds, int parallel, CancellationToken cancellationToken)
    {
        var token = session.Standalone.Sources.First(s => s.Family == EventFamily.Traffic).Token;
        var startedAt = Stopwatch.GetTimestamp();
        var next = -1;
        var accepted = 0L;
        var latencies = new List<double>();
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(startedAt).TotalSeconds < seconds
                && Interlocked.Increment(ref next) is var i && i < batches.Count)
            {
                var sentAt = Stopwatch.GetTimestamp();
                var (status, answer) = await session.Platform.SendEvents(token, batches[i].Json, cancellationToken);
                var took = Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds;
                if (status != HttpStatusCode.Accepted) throw new CityException($"A batch was answered with status {(int)status}: {answer}");
                lock (latencies) latencies.Add(took);
                Interlocked.Add(ref accepted, batches[i].Events);
            }
        }));
        return (accepted, latencies);
    }

    /// <summary>Returns a progress callback that writes a line at each tenth.</summary>
    public Action<int> ReportTenths(string label, int total) => done =>
    {
        if (done % Math.Max(1, total / 10) == 0) progress.WriteLine($"{done:N0} of {total:N0} {label}");
    };
}
