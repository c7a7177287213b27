using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Administration;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>
/// At start: seeds an empty database from the folder. Then goes by what the database holds, and looks for news from time to time and when
/// this silo has made some. What cannot be read is logged and the rule book grows old, until the silo refuses to fold by it.
/// </summary>
internal sealed partial class ProgrammeRefreshService(
    ProgrammeSeeder seeding, PublishedDocuments published, ProgrammeChangeSignal news, CurrentRuleBook ruleBook, ProgrammeClock clock,
    IOptions<ProgrammeOptions> options, ILogger<ProgrammeRefreshService> log) : BackgroundService
{
    private readonly SemaphoreSlim _one = new(1);
    private DocumentSet? _documents;
    private RuleBook? _book;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await seeding.SeedWhenEmpty(cancellationToken);
        await Renew(cancellationToken);
        news.Listen(TryRenew);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Renews rule book and catalogue from the database. One at a time, so that never an older one comes last.</summary>
    public async Task Renew(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var state = await published.Read(cancellationToken);
            if (!ReferenceEquals(state.Documents, _documents))
            {
                _book = state.Documents.Compile();
                _documents = state.Documents;
                LogRenewed(log, state.Documents.Programmes.Length);
            }
            var stopped = state.Registrations.Where(pair => pair.Value != RegistrationStatus.Registered).Select(pair => pair.Key);
            ruleBook.Renew(_book!, _documents.Publish(
                clock.Now, new StoppedState(state.Suspended, state.Ended, stopped.ToImmutableHashSet(StringComparer.Ordinal))));
        }
        finally
        {
            _one.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.RefreshSeconds));
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryRenew(stoppingToken);
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    private async Task TryRenew(CancellationToken cancellationToken)
    {
        try
        {
            await Renew(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or ProgrammesRefusedException or TimeoutException)
        {
            LogNotRenewed(log, exception.GetType().Name);
        }
    }

    [LoggerMessage(3001, LogLevel.Information, "Going by {Count} programmes")]
    private static partial void LogRenewed(ILogger logger, int count);

    [LoggerMessage(3002, LogLevel.Warning, "The programmes could not be renewed: {Surprise}")]
    private static partial void LogNotRenewed(ILogger logger, string surprise);
}
