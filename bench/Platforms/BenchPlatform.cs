using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Bench.Ingest;
using Scoring.Bench.Loads;
using Scoring.Bench.Measuring;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Storage;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Bench.Platforms;

/// <summary>The platform in this process, with everything that a bench needs to use it and to measure it.</summary>
public sealed class BenchPlatform : IAsyncDisposable
{
    private const string Any = "100000";

    /// <summary>Settings for a platform whose one client stands for many: the limits of one client do not apply.</summary>
    public static IReadOnlyList<string> WithoutLimitsOfOne { get; } =
    [
        "--Gateway:Limits:RequestsPerSecond=1000000", "--Gateway:Limits:RequestsBurst=1000000",
        $"--Gateway:Limits:RequestsAtOnceMax={Any}", $"--Gateway:Limits:NoticeStreamsMax={Any}",
        $"--Gateway:Pools:OfOneMachineMax={Any}", $"--Gateway:Pools:SourcesMax={Any}", $"--Gateway:Pools:ServicesMax={Any}",
        $"--Gateway:Pools:ParticipantsMax={Any}", $"--Gateway:Pools:PublicMax={Any}",
    ];

    private readonly InProcess _platform;

    private BenchPlatform(InProcess platform, Session session, ProgrammeDocument programme, FoldCounter folds, TextWriter progress)
    {
        _platform = platform;
        Session = session;
        Programme = programme;
        Folds = folds;
        Progress = progress;
        Client = new BenchClient(session, progress);
        Time = new ProcessorTime(platform.Folder);
        Database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(
            Services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString) { CommandTimeout = 0 });
    }

    /// <summary>The platform's services.</summary>
    public IServiceProvider Services => _platform.Services;

    /// <summary>The clients of the platform.</summary>
    public Session Session { get; }

    /// <summary>The programme for vehicles.</summary>
    public ProgrammeDocument Programme { get; }

    /// <summary>Enrols subjects and sends events.</summary>
    public BenchClient Client { get; }

    /// <summary>Counts what active subjects fold.</summary>
    public FoldCounter Folds { get; }

    /// <summary>Measures processor time.</summary>
    public ProcessorTime Time { get; }

    /// <summary>Connections of the bench's own to the platform's database.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>Where progress is written.</summary>
    public TextWriter Progress { get; }

    /// <summary>The base address of the API.</summary>
    public Uri Address => Session.Standalone.Address;

    /// <summary>The token of the source of trips.</summary>
    public string SourceToken => Session.Standalone.Sources.First(source => source.Family == EventFamily.Traffic).Token;

    /// <summary>The service that may query the programme.</summary>
    public DevelopmentService Service => Session.Standalone.Services.First(service => service.Programme == Programme.Id);

    /// <summary>Starts the platform.</summary>
    /// <param name="settings">Settings of the platform that differ from the defaults, as <c>--Section:Name=value</c>.</param>
    /// <param name="progress">Where progress is written.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <param name="folder">A folder that is kept; by default a new one that is deleted.</param>
    public static async Task<BenchPlatform> Start(
        IReadOnlyList<string> settings, TextWriter progress, CancellationToken cancellationToken, string? folder = null)
    {
        var folds = new FoldCounter(); // before the platform, to see its instruments
        var platform = await InProcess.Start([.. WithoutLimitsOfOne, .. settings], cancellationToken, folder);
        var session = new Session(platform.Standalone, [], "bench", 8);
        var programme = await session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        return new BenchPlatform(platform, session, programme, folds, progress);
    }

    /// <summary>Sends a load from a process of its own, and measures the processor time until the work is done.</summary>
    /// <param name="plan">What is sent.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <param name="settle">Waits for work that goes on after the last answer.</param>
    public async Task<LoadResult> Send(
        LoadPlan plan, CancellationToken cancellationToken, Func<IReadOnlyList<LoadAnswer>, Task>? settle = null)
    {
        var load = await MeasuredLoad.Send(plan, client => Time.Read() with { Client = client }, cancellationToken, settle);
        return load.Result(load.After - load.Before);
    }

    /// <summary>
    /// Gives the database the statistics that it makes itself within a minute of the first rows. Before, it may plan the checks of foreign
    /// keys by another index, whose cost grows with each enrolment.
    /// </summary>
    public async Task Analyze(CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand("ANALYZE");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Returns the one value that a statement returns.</summary>
    public async Task<long> Count(string sql, CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Session.Dispose();
        await Database.DisposeAsync();
        await _platform.DisposeAsync();
        Folds.Dispose();
    }
}
