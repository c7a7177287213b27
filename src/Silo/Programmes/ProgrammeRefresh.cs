using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>
/// At start: puts the folder's documents into the database, then goes by what the database holds, and looks for news from time to time.
/// What cannot be read is logged and the rule book grows old, until the silo refuses to fold by it.
/// </summary>
internal sealed partial class ProgrammeRefresh(
    ProgrammeTables tables, CurrentRuleBook ruleBook, ProgrammeClock clock, IOptions<ProgrammeOptions> options,
    ILogger<ProgrammeRefresh> log) : BackgroundService
{
    private IReadOnlyList<StoredDocument> _stored = [];
    private DocumentSet? _documents;
    private RuleBook? _book;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var folder = ProgrammeFolder.Load(options.Value.Folder, options.Value.Registrations);
        if (!folder.Problems.IsEmpty) throw new ProgrammesRefusedException(folder.Problems.Select(problem => problem.ToString()));
        await tables.Seed(folder, cancellationToken);
        await Renew(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks at the database and renews the rule book and the catalogue, the same or newer.</summary>
    public async Task Renew(CancellationToken cancel)
    {
        var stored = await tables.Read(cancel);
        if (_documents is null || !SameDocuments(stored, _stored))
        {
            var documents = stored.Checked();
            if (!documents.Problems.IsEmpty) throw new ProgrammesRefusedException(documents.Problems.Select(problem => problem.ToString()));
            _book = documents.Compile();
            _documents = documents;
            LogRenewed(log, documents.Programmes.Length);
        }
        _stored = stored;
        var suspended = stored.Where(document => document.Suspended).Select(document => ProgrammeId.Parse(document.Id));
        ruleBook.Renew(_book!, _documents.Publish(clock.Now, Standing.Undisturbed with { Suspended = [.. suspended] }));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.RefreshSeconds));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Renew(stoppingToken);
            }
            catch (Exception surprise) when (surprise is NpgsqlException or ProgrammesRefusedException or TimeoutException)
            {
                LogNotRenewed(log, surprise.GetType().Name);
            }
        }
    }

    private static bool SameDocuments(IReadOnlyList<StoredDocument> some, IReadOnlyList<StoredDocument> others) =>
        some.Count == others.Count
        && some.Zip(others).All(pair => pair.First.Key == pair.Second.Key
            && pair.First.Document.AsSpan().SequenceEqual(pair.Second.Document));

    [LoggerMessage(3001, LogLevel.Information, "Going by {Count} programmes")]
    private static partial void LogRenewed(ILogger logger, int count);

    [LoggerMessage(3002, LogLevel.Warning, "The programmes could not be renewed: {Surprise}")]
    private static partial void LogNotRenewed(ILogger logger, string surprise);
}
