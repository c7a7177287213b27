using System.Diagnostics;
using System.Globalization;
using System.Net;
using Scoring.Bench.Enrolments;
using Scoring.Bench.Loads;
using Scoring.City;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Verify.Scores;

namespace Scoring.Bench;

/// <summary>Enrols synthetic vehicle keepers over HTTP, each with a real proof, and sends traffic events about them.</summary>
public sealed class BenchClient(Session session, TextWriter progress)
{
    /// <summary>How many requests of participants are sent concurrently while a bench is prepared.</summary>
    public const int ParticipantsParallel = 32;

    /// <summary>How many requests of a kind are sent before those that are measured, so that the code is compiled.</summary>
    public const int WarmUps = 300;

    /// <summary>Returns residents who have not enrolled, each with a handle of the source of trips.</summary>
    public IEnumerable<Resident> Draw(ProgrammeDocument programme, int first, int count) => Enumerable.Range(first, count)
        .Select(i => session.Residents.Draw(programme.Id, string.Create(CultureInfo.InvariantCulture, $"vehicle-{i}")))
        .Select(resident => resident with { Handles = [resident.HandleFor(EventFamily.Traffic)] });

    /// <summary>Enrols a number of keepers. Returns them and the time it took, without that of signing proofs.</summary>
    public async Task<(IReadOnlyList<Resident> People, TimeSpan Took)> Enrol(
        ProgrammeDocument programme, int count, CancellationToken cancellationToken)
    {
        var people = new List<Resident>(count);
        var took = TimeSpan.Zero;
        while (people.Count < count)
        {
            Resident[] joining = [.. Draw(programme, people.Count, Math.Min(EnrolmentPlans.RequestsMax, count - people.Count))];
            var plan = EnrolmentPlans.Enrol(session, programme, joining, ParticipantsParallel);
            took += await Send(plan, 201, "An enrolment", cancellationToken);
            people.AddRange(joining.Select(resident => resident with { Ordinal = 0 }));
            progress.WriteLine($"{people.Count:N0} of {count:N0} enrolled");
        }
        return (people, took);
    }

    /// <summary>Activates subjects: the participant of each reads the score. Returns the time it took.</summary>
    public async Task<TimeSpan> Activate(IReadOnlyList<Resident> people, CancellationToken cancellationToken)
    {
        var took = TimeSpan.Zero;
        foreach (var some in people.Chunk(EnrolmentPlans.RequestsMax))
            took += await Send(EnrolmentPlans.Score(session, some, ParticipantsParallel), 200, "A participant's score", cancellationToken);
        progress.WriteLine($"{people.Count:N0} active");
        return took;
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

    /// <summary>Gives a service one grant for each subject. Returns the grants' tokens.</summary>
    public async Task<string[]> Grant(IReadOnlyList<Resident> people, string service, CancellationToken cancellationToken)
    {
        var grants = new List<string>();
        foreach (var some in people.Chunk(EnrolmentPlans.RequestsMax))
        {
            await using var load = await LoadProcess.Start(
                EnrolmentPlans.Grant(session, some, service, ParticipantsParallel), cancellationToken);
            var (answers, _) = await load.Run(cancellationToken);
            LoadAnswer.Require(answers, 201, "A grant");
            grants.AddRange(answers.Select(EnrolmentPlans.GrantIn));
        }
        progress.WriteLine($"{grants.Count:N0} grants given");
        return [.. grants];
    }

    private static async Task<TimeSpan> Send(LoadPlan plan, int expected, string what, CancellationToken cancellationToken)
    {
        await using var load = await LoadProcess.Start(plan with { KeepsBodies = false }, cancellationToken);
        var (answers, took) = await load.Run(cancellationToken);
        LoadAnswer.Require(answers, expected, what);
        return took;
    }
}
