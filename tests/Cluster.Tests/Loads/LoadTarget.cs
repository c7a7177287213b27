using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;
using Scoring.Histories;
using Scoring.Processes;
using Scoring.Verify.Scores;

namespace Scoring.Loads;

/// <summary>The enrolled residents of a run, and what its clients need to send and ask about them.</summary>
internal sealed class LoadTarget : IDisposable
{
    private const int EnrolmentsMax = 20;

    private readonly Session _session;

    private LoadTarget(Session session, ProgrammeDocument programme, IReadOnlyList<Resident> residents, GatewayClient client, int seed)
    {
        _session = session;
        Programme = programme;
        Residents = residents;
        Client = client;
        Events = new EventMaker(seed, programme, residents);
        History = new History(Events.Of);
        SourceTokens = session.Standalone.Sources.ToDictionary(source => source.Id, source => source.Token);
        ServiceToken = session.Standalone.Services.Single(service => service.Programme == programme.Id).Token;
    }

    public ProgrammeDocument Programme { get; }

    public IReadOnlyList<Resident> Residents { get; }

    public GatewayClient Client { get; }

    public EventMaker Events { get; }

    public History History { get; }

    public IReadOnlyDictionary<string, string> SourceTokens { get; }

    public string ServiceToken { get; }

    public Session Session => _session;

    /// <summary>Enrols this number of residents of Safe driver.</summary>
    public static async Task<LoadTarget> Enrol(SupervisedCluster cluster, int people, int seed, CancellationToken cancellationToken)
    {
        var session = new Session(cluster.Clients(), cluster.Addresses, $"soak-{seed}", parallelMax: 8);
        var programme = await session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var enrolled = new Resident[people];
        await Parallel.ForAsync(
            0, people, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (i, stop) => enrolled[i] = await Enrol(session, programme, i, stop));
        return new LoadTarget(session, programme, enrolled, new GatewayClient(cluster.Addresses), seed);
    }

    /// <summary>
    /// Enrols one resident. When the answer of an enrolment is lost, its repetition is refused, since the proof is used; then another
    /// participant takes the place.
    /// </summary>
    private static async Task<Resident> Enrol(Session session, ProgrammeDocument programme, int number, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var resident = session.Residents.Draw(programme.Id, $"keeper-{number}-{attempt}");
            try
            {
                return (await session.Residents.Enrol(programme, [resident], _ => { }, cancellationToken))[0];
            }
            catch (ScoringProblemException) when (attempt < EnrolmentsMax)
            {
                // The next one has other handles.
            }
        }
    }

    /// <summary>Queries the score of a resident through a gateway, and adds the query to the history.</summary>
    public async Task<Outcome> Query(int resident, int gateway, CancellationToken cancellationToken)
    {
        var from = History.Now;
        var (ending, answer) = await Client.Query(gateway, ServiceToken, Residents[resident].Grant!, cancellationToken);
        History.Add(new QueryOperation(resident, from, History.Now, ending.Outcome, ending.Status, answer));
        return ending.Outcome;
    }

    /// <summary>Queries the score of a resident through one gateway after the other until it is answered.</summary>
    public async Task QueryUntilAnswered(int resident, CancellationToken cancellationToken)
    {
        for (var gateway = resident; await Query(resident, gateway % Client.Count, cancellationToken) != Outcome.Done; gateway++)
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
    }

    /// <summary>Reads the score that each resident sees.</summary>
    public async Task<IReadOnlyList<LastScore>> LastScores(CancellationToken cancellationToken)
    {
        var scores = new LastScore[Residents.Count];
        await Parallel.ForAsync(
            0, scores.Length, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (i, stop) =>
            {
                var resident = Residents[i];
                var token = _session.Credentials.ParticipantToken(resident.Participant);
                var score = await _session.Platform.Score(token, Programme.Id, resident.Ordinal!.Value, stop)
                    ?? throw new InvalidOperationException($"Resident {i} has no score.");
                scores[i] = new LastScore(i, score.Day, score.Score, score.Tier);
            });
        return scores;
    }

    public void Dispose()
    {
        Client.Dispose();
        _session.Dispose();
    }
}
