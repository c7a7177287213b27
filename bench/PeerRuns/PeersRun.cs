using Scoring.Bench.Histories;
using Scoring.Bench.Loads;
using Scoring.City;
using Scoring.City.People;
using Scoring.Hosting;
using Scoring.Verify.Scores;

namespace Scoring.Bench.PeerRuns;

/// <summary>
/// Lets all contenders do the same work in turns, forwards and backwards, each alone on the machine. Then sends events again to each, and
/// kills it under load.
/// </summary>
public sealed class PeersRun(PeersOptions options, TextWriter progress)
{
    private const int CheckedMax = 500;
    private const int EventsMax = 1_000_000;
    private const int KillSeconds = 4;
    private const int WarmUpMin = 20_000; // the code is compiled in steps

    /// <summary>Runs the bench.</summary>
    /// <exception cref="CityException">The peers are not built, or a request failed.</exception>
    public async Task<PeersResult> Run(CancellationToken cancellationToken)
    {
        PeerContender.RequireBuild();
        var folder = Directory.CreateTempSubdirectory("scoring-peers-").FullName;
        var platform = new PlatformContender(folder, options.Settings, progress);
        Contender[] contenders = [platform, .. options.Peers.Select(name => new PeerContender(name, folder, options))];
        try
        {
            await platform.Start(cancellationToken);
            var (programme, people) = await platform.Enrol(options.Subjects, cancellationToken);
            await platform.Stop(cancellationToken);
            PeerTurns[] turns = [.. contenders.Select(contender => new PeerTurns(contender, people, options, progress))];
            await RunRounds(turns, programme, people, cancellationToken);
            return new PeersResult(
                "peers", Environment.ProcessorCount, options.Subjects, options.Events, options.Batch, options.Parallel, options.Rounds,
                options.StoredKeys, [.. turns.Select(turn => turn.Result(turns[0]))]);
        }
        finally
        {
            foreach (var contender in contenders) await contender.DisposeAsync();
            await PeerServer.StopLeft(folder);
            foreach (var used in new[] { folder, StandaloneProcess.TemporaryFolder(folder) }.Where(Directory.Exists))
                Directory.Delete(used, recursive: true);
        }
    }

    private async Task RunRounds(
        PeerTurns[] turns, ProgrammeDocument programme, IReadOnlyList<Resident> people, CancellationToken cancellationToken)
    {
        var expected = new ExpectedScores(programme, Math.Min(CheckedMax, people.Count));
        var number = 0;
        EventRound? sent = null;
        for (var round = 0; round < options.Rounds; round++)
        {
            var warmUp = Next(Math.Max(WarmUpMin, options.Events / 10));
            sent = Next(options.Events);
            expected.Add(warmUp);
            expected.Add(sent);
            foreach (var turn in round % 2 == 0 ? turns : [.. turns.Reverse()])
            {
                progress.WriteLine($"round {round + 1}: {turn.Name}");
                await turn.Measure(warmUp, sent, expected, cancellationToken);
            }
        }
        // Enough that the fastest is still under load when it is killed.
        var killed = Next(Math.Max(options.Events, (int)Math.Min(EventsMax, KillSeconds * turns.Max(turn => turn.EventsPerSecond))));
        foreach (var turn in turns)
        {
            progress.WriteLine($"repeats and kill -9: {turn.Name}");
            await turn.Check(sent!, killed, cancellationToken);
        }

        EventRound Next(int events) => new(people, programme, events, options.Batch, number++);
    }
}
