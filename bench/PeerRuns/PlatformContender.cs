using Npgsql;
using Scoring.Bench.Loads;
using Scoring.Bench.Measuring;
using Scoring.Bench.Platforms;
using Scoring.Bench.Queries;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Verify.Scores;

namespace Scoring.Bench.PeerRuns;

/// <summary>The platform: Standalone as a process, which starts the PostgreSQL of the folder.</summary>
internal sealed class PlatformContender(string folder, IReadOnlyList<string> settings, TextWriter progress) : Contender(PeerFacts.Platform)
{
    private const string CountEvents = """
        SELECT h.hash, count(*) FROM ledger.handle h JOIN ledger.entry e USING (subject) WHERE e.kind = 1 GROUP BY h.hash
        """;

    private StandaloneProcess? _process;
    private Session? _session;
    private ProcessorTime? _time;

    /// <inheritdoc/>
    public override Uri Address => Session.Standalone.Address;

    /// <inheritdoc/>
    public override string SourceToken => Session.Standalone.Sources.First(source => source.Family == EventFamily.Traffic).Token;

    private Session Session => _session ?? throw new InvalidOperationException("The platform is not started.");

    private DevelopmentService Service => Session.Standalone.Services.First(service => service.Programme == ProgrammeNames.SafeDriver);

    /// <summary>Enrols subjects. Returns their programme and them.</summary>
    public async Task<(ProgrammeDocument Programme, IReadOnlyList<Resident> People)> Enrol(int count, CancellationToken cancellationToken)
    {
        var programme = await Session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var (people, _) = await new BenchClient(Session, progress).Enrol(programme, count, cancellationToken);
        return (programme, people);
    }

    /// <inheritdoc/>
    public override async Task Start(CancellationToken cancellationToken)
    {
        await Restart(cancellationToken);
        _time = new ProcessorTime(folder);
    }

    /// <inheritdoc/>
    public override async Task Restart(CancellationToken cancellationToken)
    {
        _session?.Dispose();
        _process = await StandaloneProcess.Start(
            folder, developmentClock: false, [.. BenchPlatform.WithoutLimitsOfOne, "--Standalone:Portal=false", .. settings]);
        _session = new Session(_process.File, [], "bench", 8);
    }

    /// <inheritdoc/>
    public override Task Kill() => _process!.Kill();

    /// <inheritdoc/>
    public override async Task Stop(CancellationToken cancellationToken)
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = null;
    }

    /// <inheritdoc/>
    public override Task Activate(IReadOnlyList<Resident> people, CancellationToken cancellationToken) =>
        new BenchClient(Session, progress).Activate(people, cancellationToken);

    /// <summary>Gives a new grant for each subject, so each query is a new entry, as every first query of a service is.</summary>
    public override async Task<LoadPlan> Queries(IReadOnlyList<Resident> people, int parallel, CancellationToken cancellationToken) =>
        QueryPlans.Of(
            Address, Service.Token, await new BenchClient(Session, progress).Grant(people, Service.Id, cancellationToken), parallel);

    /// <inheritdoc/>
    public override async Task<long[]> Counts(IReadOnlyList<Resident> people, CancellationToken cancellationToken)
    {
        var keys = PlatformKeyFile.Read(Path.Combine(folder, "keys.json")).Keys;
        var programme = ProgrammeId.Parse(ProgrammeNames.SafeDriver);
        var counts = new Dictionary<string, long>();
        await using var database = NpgsqlDataSource.Create(PeerServer.ConnectionString(folder));
        await using var command = database.CreateCommand(CountEvents);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            counts[Convert.ToHexString(row.GetFieldValue<byte[]>(0))] = row.GetInt64(1);
        return
        [
            .. people.Select(person => person.Handles[0])
                .Select(handle => keys.HandleHash(handle.Source, programme, handle.Token))
                .Select(hash => counts.GetValueOrDefault(Convert.ToHexString(hash))),
        ];
    }

    /// <inheritdoc/>
    public override ProcessorUse Read(double client) => new(client, ProcessorTime.Of(_process!.Id), _time!.Postgres());

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Stop(CancellationToken.None);
        _session?.Dispose();
    }
}
