using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.TestingHost;
using Scoring.Checkpoints;
using Scoring.Clocks;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Receipts;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Streams;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.Hosting;

/// <summary>Runs silos in this process over one ledger in memory, with the grains and the stream that run in production.</summary>
public sealed class TestCity : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private readonly PublishedBooks _books;

    private TestCity(
        InProcessTestCluster cluster, MemoryLedger ledger, DeliveryInterceptor deliveries, FakeTimeProvider clock, PublishedBooks books)
    {
        _cluster = cluster;
        _books = books;
        Ledger = ledger;
        Deliveries = deliveries;
        Clock = clock;
    }

    public static DateOnly Today { get; } = new(2026, 6, 15);

    public static PlatformKeys Keys { get; } = new(Key(1), Key(2), Key(3), Key(4));

    public InProcessTestCluster Cluster => _cluster;

    public IGrainFactory Grains => _cluster.Client;

    public MemoryLedger Ledger { get; }

    public DeliveryInterceptor Deliveries { get; }

    public FakeTimeProvider Clock { get; }

    public static async Task<TestCity> Start(
        int silos = 2, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? more = null,
        Action<ISiloBuilder>? build = null)
    {
        var books = new PublishedBooks();
        var ledger = new MemoryLedger(partitionCount: 4);
        var deliveries = new DeliveryInterceptor();
        var clock = new FakeTimeProvider(new DateTimeOffset(Today, new TimeOnly(12, 0), TimeSpan.Zero));
        var scoring = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Subjects:RenewSeconds"] = "1",
            ["Subjects:RegisterAgainSeconds"] = "1",
            ["Streams:WaitMs"] = "50",
        }).AddInMemoryCollection(settings ?? []).Build();
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<ILedger>(ledger).AddSingleton<ILedgerHeads>(ledger).AddSingleton<IEnrolmentStore>(ledger);
            silo.Services.AddSingleton<Notices.INoticeLedger>(ledger);
            silo.Services.AddSingleton(Keys).AddSingleton(new ProgrammeClock(clock)).AddSingleton(TestReceiptKey.Signer);
            silo.Services.AddSingleton<IReferenceClock>(new FakeReferenceClock(TimeProvider.System));
            silo.Services.AddScoringGrains(scoring);
            silo.Services.AddExports(scoring).AddSingleton<IExportStore>(ledger).AddSingleton<ICheckpointStore>(ledger.Checkpoints);
            silo.Services.AddReceipts(scoring, isDevelopment: true);
            silo.Services.AddSingleton(provider => books.New(provider, clock));
            silo.Services.AddSingleton(provider => books.RenewalOf(provider.GetRequiredService<CurrentRuleBook>(), clock));
            more?.Invoke(silo.Services);
            build?.Invoke(silo);
            silo.AddLedgerStream(scoring);
            silo.AddIncomingGrainCallFilter(deliveries);
            silo.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        ledger.Memory = cluster.GetSiloServiceProvider().GetRequiredService<ISubjectMemory>();
        return new TestCity(cluster, ledger, deliveries, clock, books);
    }

    /// <summary>Renews the rule book of every silo with these documents.</summary>
    public void Publish(DocumentSet documents, StoppedState? stopped = null) => _books.Publish(documents, stopped, Clock);

    /// <summary>Publishes these documents in the database alone; no silo has read them yet.</summary>
    public void Store(DocumentSet documents, StoppedState? stopped = null) => _books.Store(documents, stopped);

    /// <summary>Whether the database can be read for what is published; it can by default.</summary>
    public bool IsPublishedReadable { set => _books.IsReadable = value; }

    internal IPartitionGrain PartitionOf(SubjectId subject) =>
        Grains.GetGrain<IPartitionGrain>((long)((ulong)subject.Value % (ulong)Ledger.PartitionCount));

    /// <summary>Appends an event worth <paramref name="points"/> (7 or -3); returns its turn.</summary>
    public long Append(SubjectId subject, int points = 7, int daysAgo = 0) =>
        Ledger.Append(subject, EntryKind.Event, Today.AddDays(-daysAgo), TestProgrammes.Body(points));

    /// <summary>Asks the subject's grain for its score below a turn; below its next turn by default.</summary>
    public Task<ScoreValue?> Score(SubjectId subject, long? below = null) =>
        Grains.GetGrain<IVehicleGrain>(subject.Value).ScoreBelow(below ?? Ledger.EntriesOf(subject).Count + 1, Today);

    /// <summary>The score that the fold must give: the floor plus the sum of the points, and never below the floor.</summary>
    public long Expected(SubjectId subject, long? below = null) => TestProgrammes.Floor + Math.Max(0, Ledger.EntriesOf(subject)
        .Where(entry => entry.Kind == EntryKind.Event && entry.Turn < (below ?? long.MaxValue))
        .Sum(entry => TestProgrammes.PointsOf(entry.Body)));

    public bool IsActive(SubjectId subject) =>
        _cluster.TryGetGrainContext(Grains.GetGrain<IVehicleGrain>(subject.Value).GetGrainId(), out _);

    /// <summary>Waits for a condition, at most half a minute.</summary>
    public static async Task Until(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"Timed out while waiting until {what}.");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private static byte[] Key(byte fill) => [.. Enumerable.Repeat(fill, PlatformKeys.KeyBytes)];
}

/// <summary>Holds the rule books of a city's silos. Each is created when its silo resolves it.</summary>
internal sealed class PublishedBooks
{
    private readonly Lock _gate = new();
    private readonly List<CurrentRuleBook> _books = [];
    private DocumentSet _documents = TestProgrammes.Documents;
    private StoppedState? _stopped;

    public CurrentRuleBook New(IServiceProvider services, TimeProvider clock)
    {
        var book = new CurrentRuleBook(services.GetRequiredService<IOptions<RuleBookOptions>>(), TimeProvider.System);
        lock (_gate)
        {
            _books.Add(book);
            Renew(book, clock);
        }
        return book;
    }

    public bool IsReadable { get; set; } = true;

    public IRuleBookRenewal RenewalOf(CurrentRuleBook book, TimeProvider clock) => new Renewal(this, book, clock);

    public void Store(DocumentSet documents, StoppedState? stopped)
    {
        lock (_gate)
        {
            _documents = documents;
            _stopped = stopped;
        }
    }

    public void Publish(DocumentSet documents, StoppedState? stopped, TimeProvider clock)
    {
        lock (_gate)
        {
            Store(documents, stopped);
            foreach (var book in _books) Renew(book, clock);
        }
    }

    private void Renew(CurrentRuleBook book, TimeProvider clock)
    {
        lock (_gate) book.Renew(_documents.Compile(), _documents.Publish(clock.GetUtcNow(), _stopped));
    }

    private sealed class Renewal(PublishedBooks books, CurrentRuleBook book, TimeProvider clock) : IRuleBookRenewal
    {
        public Task Renew()
        {
            if (!books.IsReadable) throw new LedgerUnavailableException();
            books.Renew(book, clock);
            return Task.CompletedTask;
        }
    }
}

/// <summary>Registers replacements in a silo of the test city.</summary>
internal static class TestCityServices
{
    /// <summary>Registers a rule book that is older than its limit.</summary>
    public static void AddStaleRuleBook(this IServiceCollection services)
    {
        var old = new FakeTimeProvider();
        services.AddSingleton(provider =>
        {
            var book = new CurrentRuleBook(provider.GetRequiredService<IOptions<RuleBookOptions>>(), old);
            book.Renew(TestProgrammes.Documents.Compile(), TestProgrammes.Documents.Publish(old.GetUtcNow()));
            old.Advance(TimeSpan.FromHours(2));
            return book;
        });
    }
}
