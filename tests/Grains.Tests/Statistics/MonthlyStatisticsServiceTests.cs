using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scoring.Clocks;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Testing;

namespace Scoring.Statistics;

public sealed class MonthlyStatisticsServiceTests
{
    private static readonly StatisticsMonth May = StatisticsMonth.Of(new DateOnly(2026, 5, 1));

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 7, 2, 0, 0, 0, TimeSpan.Zero));
    private readonly MemoryStatistics _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_count_interrupted_by_a_fault_continues_where_it_stopped()
    {
        using var service = Service();
        _store.FailAt = 9;
        await Should.ThrowAsync<LedgerUnavailableException>(() => service.BuildMissing(Cancel));
        (await service.BuildMissing(Cancel)).ShouldBe(14, "five months of three programmes without the one made before");
        _store.Counted.GroupBy(run => (run.Programme, run.Month, run.Partition, run.After)).ShouldAllBe(runs => runs.Count() == 1);
    }

    [Fact]
    public async Task A_month_that_expires_during_its_count_is_not_published()
    {
        using var service = Service();
        _clock.SetUtcNow(new DateTimeOffset(2028, 1, 3, 12, 0, 0, TimeSpan.Zero));
        _store.OnCount = run =>
        {
            if (run.Month.First == new DateOnly(2026, 1, 1)) _clock.SetUtcNow(new DateTimeOffset(2028, 1, 4, 12, 0, 0, TimeSpan.Zero));
        };
        await service.BuildMissing(Cancel);
        (await _store.ReadMonths(TestProgrammes.Vehicles, Cancel)).Min(month => month.First).ShouldBe(new DateOnly(2026, 2, 1));
    }

    [Fact]
    public async Task An_answer_is_the_document_or_its_day_or_nothing()
    {
        var grain = new StatisticsGrain(_store, Catalogue(TestProgrammes.Documents, null), new ProgrammeClock(_clock));
        (await grain.Read(TestProgrammes.Vehicles, May)).ShouldBe(
            new StatisticsAnswer(null, new DateOnly(2026, 7, 2)), "it is not made yet");
        (await grain.Read(TestProgrammes.Vehicles, May.Next)).ShouldBe(new StatisticsAnswer(null, new DateOnly(2026, 8, 1)));
        (await grain.Read(TestProgrammes.Vehicles, StatisticsMonth.Of(new DateOnly(2025, 12, 31)))).ShouldBeNull("too early");
        (await grain.Read(ProgrammeId.Parse("unknown"), May)).ShouldBeNull();
        using (var service = Service()) await service.BuildMissing(Cancel);
        Encoding.UTF8.GetString((await grain.Read(TestProgrammes.Vehicles, May)).ShouldNotBeNull().Document!).ShouldStartWith("{");
        _clock.SetUtcNow(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (await grain.Read(TestProgrammes.Vehicles, May)).ShouldNotBeNull("a document made in time stays").Document.ShouldNotBeNull();
        (await grain.Read(TestProgrammes.Vehicles, May.Next)).ShouldBeNull("after its retention the month can no longer be counted");
    }

    [Fact]
    public async Task An_ended_programme_gets_no_new_document_and_keeps_those_it_has()
    {
        using (var service = Service()) await service.BuildMissing(Cancel);
        _clock.Advance(TimeSpan.FromDays(31));
        var ended = StoppedState.Undisturbed with { Ended = [TestProgrammes.Vehicles] };
        using (var service = Service(ended)) await service.BuildMissing(Cancel);
        (await _store.ReadMonths(TestProgrammes.Vehicles, Cancel)).ShouldNotContain(May.Next);
        (await _store.ReadMonths(TestProgrammes.Citizens, Cancel)).ShouldContain(May.Next);
        var grain = new StatisticsGrain(_store, Catalogue(TestProgrammes.Documents, ended), new ProgrammeClock(_clock));
        (await grain.Read(TestProgrammes.Vehicles, May)).ShouldNotBeNull();
        (await grain.Read(TestProgrammes.Vehicles, May.Next)).ShouldBeNull();
    }

    private MonthlyStatisticsService Service(StoppedState? stopped = null) => new(
        new MonthlyStatisticsDependencies(
            _store, Catalogue(TestProgrammes.Documents, stopped), new ProgrammeClock(_clock),
            Options.Create(new StatisticsOptions { PageRowsMax = 100 })),
        FakeReferenceClock.Steps(), NullLogger<MonthlyStatisticsService>.Instance);

    private CurrentCatalogue Catalogue(DocumentSet documents, StoppedState? stopped)
    {
        var book = new CurrentRuleBook(Options.Create(new RuleBookOptions()), TimeProvider.System);
        book.Renew(documents.Compile(), documents.Publish(_clock.GetUtcNow(), stopped));
        return new CurrentCatalogue(book, new ProgrammeClock(_clock));
    }

    /// <summary>Keeps documents in memory over two empty partitions of 250 positions each.</summary>
    private sealed class MemoryStatistics : IStatisticsStore
    {
        private readonly Dictionary<(ProgrammeId, StatisticsMonth), byte[]> _documents = [];

        public List<MonthRun> Counted { get; } = [];

        public int FailAt { get; set; }

        public Action<MonthRun>? OnCount { get; set; }

        public Task<byte[]?> Find(ProgrammeId programme, StatisticsMonth month, CancellationToken cancellationToken) =>
            Task.FromResult(_documents.GetValueOrDefault((programme, month)));

        public Task<IReadOnlyCollection<StatisticsMonth>> ReadMonths(ProgrammeId programme, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyCollection<StatisticsMonth>>(
                [.. _documents.Keys.Where(key => key.Item1 == programme).Select(key => key.Item2)]);

        public Task Keep(
            ProgrammeId programme, StatisticsMonth month, byte[] document, DateOnly madeOn, CancellationToken cancellationToken)
        {
            _documents.TryAdd((programme, month), document);
            return Task.CompletedTask;
        }

        public Task<IAsyncDisposable?> TryLock(CancellationToken cancellationToken) =>
            Task.FromResult<IAsyncDisposable?>(new MemoryStream());

        public Task<long[]> Positions(CancellationToken cancellationToken) => Task.FromResult<long[]>([250, 250]);

        public Task<long> PositionBefore(
            ProgrammeId programme, StatisticsMonth month, int partition, long last, CancellationToken cancellationToken) =>
            Task.FromResult(0L);

        public Task<MonthPage> Count(MonthRun run, CancellationToken cancellationToken)
        {
            if (FailAt > 0 && --FailAt == 0) throw new LedgerUnavailableException();
            Counted.Add(run);
            OnCount?.Invoke(run);
            return Task.FromResult(new MonthPage([], false));
        }
    }
}
