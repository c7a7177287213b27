using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Scoring.Contests;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Statistics;

/// <summary>A month's statistics on a real ledger: what is counted, that it is counted once, and that it then stays.</summary>
public sealed class PostgresStatisticsTests(PostgresServer server) : IAsyncLifetime
{
    private const string Trip = "traffic.trip";
    private const string Parking = "traffic.parking";

    /// <summary>The first day on which March can be counted: thirty days of lateness and one more.</summary>
    private static readonly DateTimeOffset From = new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly StatisticsMonth March = StatisticsMonth.Of(Some.Day);

    private LedgerStage stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task Events_of_the_months_days_are_counted_by_type_and_nothing_else_is()
    {
        var handles = await EnrolMany(25);
        await Send(handles, Trip, new DateOnly(2026, 3, 1));
        await Send(handles, Trip, new DateOnly(2026, 3, 31));
        await Send(handles[..21], Parking, new DateOnly(2026, 3, 15));
        await Send(handles, Trip, new DateOnly(2026, 2, 28));
        await Send(handles, Parking, new DateOnly(2026, 4, 1));
        await Send(await EnrolMany(25, Some.OtherProgramme), Trip, new DateOnly(2026, 3, 10));
        await Send([.. Enumerable.Range(0, 25).Select(_ => Some.Hash())], Trip, new DateOnly(2026, 3, 10));
        (await Made()).ShouldBe("""
            {"contests":{"open":null,"opened":null,"outcomesOn":"2026-05-02","rejected":null,"undecidedInTime":null,"upheld":null},
            "events":[
            {"count":null,"type":"surveillance.bus-lane-camera"},{"count":null,"type":"surveillance.red-light-camera"},
            {"count":null,"type":"surveillance.speed-camera"},{"count":null,"type":"traffic.park-and-ride"},
            {"count":21,"type":"traffic.parking"},{"count":50,"type":"traffic.trip"},{"count":null,"type":"traffic.vehicle-check"}],
            "eventsTotal":71,"hiddenBelow":20,"madeOn":"2026-05-02","month":"2026-03","programme":"safe-driver",
            "schemaVersion":"scoring-statistics-1"}
            """.ReplaceLineEndings(""));
    }

    [Theory]
    [InlineData(19, 1, 1, null)]
    [InlineData(20, 1, 1, 20L)]
    [InlineData(20, 3, 1, 60L)]
    [InlineData(19, 3, 1, null)]
    [InlineData(1, 100, 1, null)]
    [InlineData(19, 1, 100, null)]
    [InlineData(20, 1, 100, 119L)]
    public async Task A_cell_is_shown_from_twenty_entries_of_twenty_subjects_on(int subjects, int times, int timesOfOne, long? shown)
    {
        var handles = await EnrolMany(subjects);
        for (var i = 0; i < times; i++) await Send(handles, Trip, Some.Day);
        for (var i = 1; i < timesOfOne; i++) await Send(handles[..1], Trip, Some.Day);
        var made = JsonNode.Parse(await Made())!;
        Count(made, Trip).ShouldBe(shown);
        ((long?)made["eventsTotal"]).ShouldBe(shown);
    }

    [Fact]
    public async Task Whoever_has_left_before_is_not_counted_and_whoever_leaves_after_changes_no_byte()
    {
        var enrolled = await EnrolAll(22);
        await Send([.. enrolled.Select(one => one.Handle)], Trip, Some.Day);
        for (var n = 0; n < 2; n++)
            await stage.PostgresEnrolments.Withdraw(enrolled[n].Enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        var made = await Made();
        Count(JsonNode.Parse(made)!, Trip).ShouldBe(20);
        for (var n = 2; n < 22; n++)
            await stage.PostgresEnrolments.Withdraw(enrolled[n].Enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        using var again = stage.MonthMaking(new FakeTimeProvider(From.AddDays(3)));
        (await again.BuildMissing(Cancel)).ShouldBe(0);
        (await Kept(March)).ShouldBe(made);
        await stage.ShouldBeConserved();
    }

    [Fact]
    public async Task A_document_is_never_changed()
    {
        await Made();
        foreach (var statement in (string[])[
            "UPDATE ledger.statistics SET document = '\\x7b7d'", "UPDATE ledger.statistics SET made_on = '2027-01-01'",
            "DELETE FROM ledger.statistics"])
        {
            var refused = await Should.ThrowAsync<PostgresException>(() => stage.Execute(statement));
            refused.SqlState.ShouldBe(PostgresErrorCodes.IntegrityConstraintViolation);
        }
        var before = await Kept(March);
        await stage.Statistics.Keep(Some.Programme, March, "{}"u8.ToArray(), Some.Day, Cancel);
        (await Kept(March)).ShouldBe(before);
    }

    [Fact]
    public async Task A_contest_is_counted_once_by_how_it_stood_on_the_day()
    {
        // Each of a hundred people contests one event: a fifth each is rejected, upheld, left alone, given material and left open.
        var contests = new List<string>();
        var locators = new List<byte[]>();
        for (var n = 0; n < 105; n++)
        {
            var (enrolled, turns) = await stage.Enrol(Guid.NewGuid());
            var opened = await stage.Open(enrolled.Locators[0], turns[0], today: Some.Day.AddDays(n % 5 >= 3 ? 20 : 5));
            contests.Add(opened!.Value.Contest!.Case);
            locators.Add(enrolled.Locators[0]);
        }
        // Opened in April, so none of March.
        var (later, laterTurns) = await stage.Enrol(Guid.NewGuid());
        await stage.Open(later.Locators[0], laterTurns[0], today: new DateOnly(2026, 4, 1));
        for (var n = 0; n < 105; n++)
        {
            if (n % 5 == 0) await stage.Judge(contests[n], upheld: false, new DateOnly(2026, 3, 20));
            if (n % 5 == 1) await stage.Judge(contests[n], upheld: true, new DateOnly(2026, 4, 3));
            if (n % 5 == 2 && n % 2 == 0) await stage.Uphold(contests[n], new DateOnly(2026, 4, 6));
            // Due on 20 April, moved to 5 May: still open on the day that outcomes are told of.
            if (n % 5 >= 3) await stage.AddMaterial(locators[n], contests[n], ContestGround.WrongDay, new DateOnly(2026, 4, 1));
            // Decided since: that is no news of March.
            if (n % 5 == 4) await stage.Judge(contests[n], upheld: false, new DateOnly(2026, 5, 3));
        }
        var made = JsonNode.Parse(await Made(new DateTimeOffset(2026, 6, 20, 0, 0, 0, TimeSpan.Zero)))!;
        made["contests"]!.ToJsonString().ShouldBe(
            """{"open":42,"opened":105,"outcomesOn":"2026-05-02","rejected":21,"undecidedInTime":21,"upheld":21}""");
        ((string?)made["madeOn"]).ShouldBe("2026-06-19", "in New York it is the day before");
    }

    [Fact]
    public async Task It_is_made_page_by_page_and_look_by_look_and_comes_to_the_same()
    {
        var handles = await EnrolMany(60);
        // Two years of days, late by up to thirty, so that a month lies scattered over a long stretch.
        var random = new Random(11);
        var expected = 0;
        for (var day = -300; day < 200; day++)
        {
            var late = Some.Day.AddDays(day - random.Next(30));
            if (late is { Year: 2026, Month: 3 }) expected += 60;
            await Send(handles, Trip, late);
        }
        var counting = new CountingStore(stage.Statistics);
        using var making = stage.MonthMaking(
            new FakeTimeProvider(From), new StatisticsOptions { PageRowsMax = 100, LookRowsMax = 1000 }, counting);
        var looks = 0;
        // The months of two years are missing; March is the newest and the last.
        while (await stage.Statistics.Find(Some.Programme, March, Cancel) is null)
        {
            await making.BuildMissing(Cancel);
            looks++;
        }
        Count(JsonNode.Parse(await Kept(March))!, Trip).ShouldBe(expected);
        looks.ShouldBeGreaterThan(20);
        counting.RowsOfOneMax.ShouldBeLessThanOrEqualTo(100);
        counting.Rows[March].ShouldBeLessThan(await stage.Scalar<long>("SELECT sum(position)::bigint FROM ledger.head"));
        (await stage.Rows<string>("SELECT month::text FROM ledger.statistics ORDER BY made_on, ctid")).ShouldBe(
            [.. Months(new DateOnly(2024, 5, 1), 23)], "oldest first, and none of which anything is past its retention");
    }

    [Fact]
    public async Task One_silo_at_a_time_counts_and_two_at_once_do_no_harm()
    {
        await Send(await EnrolMany(20), Trip, Some.Day);
        await using (await stage.Statistics.TryLock(Cancel))
        {
            await using var beside = stage.Beside();
            using var making = beside.MonthMaking(new FakeTimeProvider(From));
            (await making.BuildMissing(Cancel)).ShouldBe(0);
        }
        // As when a silo has lost its lock without knowing: nobody is kept from counting.
        using var one = stage.MonthMaking(new FakeTimeProvider(From), store: new Unlocked(stage.Statistics));
        using var other = stage.MonthMaking(new FakeTimeProvider(From.AddDays(1)), store: new Unlocked(stage.Statistics));
        await Task.WhenAll(one.BuildMissing(Cancel), other.BuildMissing(Cancel));
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.statistics WHERE month = '2026-03-01'")).ShouldBe(1);
        stage.Log.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_for_where_a_month_begins_finds_no_place_behind_any_of_it()
    {
        var handles = await EnrolMany(1);
        var random = new Random(3);
        for (var day = 0; day < 900; day++)
            await stage.PostgresLedger.AppendEvents(
                [.. Enumerable.Range(0, 30).Select(_ => Event(handles[0], Trip, new DateOnly(2024, 1, 1).AddDays(day - random.Next(90))))],
                Cancel);
        var partition = (int)await stage.Scalar<short>("SELECT partition FROM ledger.enrolment");
        var last = (await stage.Statistics.Positions(Cancel))[partition];
        for (var month = StatisticsMonth.Of(new DateOnly(2024, 1, 1)); month.First < new DateOnly(2026, 7, 1); month = month.Next)
        {
            var before = await stage.Statistics.PositionBefore(Some.Programme, month, partition, last, Cancel);
            var first = await stage.Scalar<long>(
                $"SELECT coalesce(min(position), {last + 1}) FROM ledger.entry WHERE kind = 1 AND day >= '{month}-01'");
            before.ShouldBeLessThan(first, month.ToString());
            if (month.First > new DateOnly(2024, 7, 1))
                before.ShouldBeGreaterThan(Math.Min(first, last) - 6000, "no more than is needed is gone over");
        }
        // What has expired is not gone through again.
        await stage.Execute(
            $"INSERT INTO ledger.expiry (partition, programme, position, day) VALUES ({partition}, '{Some.Programme}', 5000, '2024-05-01')");
        StatisticsMonth.TryParse("2024-06", out var june).ShouldBeTrue();
        (await stage.Statistics.PositionBefore(Some.Programme, june, partition, last, Cancel)).ShouldBeGreaterThanOrEqualTo(5000);
    }

    private async Task<string> Made(DateTimeOffset? at = null)
    {
        using var early = stage.MonthMaking(new FakeTimeProvider(From.AddDays(-1)));
        await early.BuildMissing(Cancel);
        (await stage.Statistics.Find(Some.Programme, March, Cancel)).ShouldBeNull("an event of March may still come in");
        using var making = stage.MonthMaking(new FakeTimeProvider(at ?? From));
        await making.BuildMissing(Cancel);
        return await Kept(March);
    }

    private async Task<string> Kept(StatisticsMonth month) =>
        Encoding.UTF8.GetString((await stage.Statistics.Find(Some.Programme, month, Cancel)).ShouldNotBeNull());

    private static long? Count(JsonNode made, string type) =>
        (long?)made["events"]!.AsArray().Single(row => (string?)row!["type"] == type)!["count"];

    private static IEnumerable<string> Months(DateOnly first, int count) =>
        Enumerable.Range(0, count).Select(n => first.AddMonths(n).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private async Task<byte[][]> EnrolMany(int count, ProgrammeId? programme = null) =>
        [.. (await EnrolAll(count, programme)).Select(one => one.Handle)];

    private async Task<List<(NewEnrolment Enrolled, byte[] Handle)>> EnrolAll(int count, ProgrammeId? programme = null)
    {
        var all = new List<(NewEnrolment, byte[])>();
        for (var n = 0; n < count; n++)
        {
            var handle = Some.Handle();
            var enrolment = Some.Enrolment(Some.Locators(), handle) with { Programme = programme ?? Some.Programme };
            await stage.PostgresEnrolments.Enrol(enrolment, Cancel);
            all.Add((enrolment, handle.Hash));
        }
        return all;
    }

    private Task Send(byte[][] handles, string type, DateOnly day) =>
        stage.PostgresLedger.AppendEvents([.. handles.Select(handle => Event(handle, type, day))], Cancel);

    private static EventToAppend Event(byte[] handle, string type, DateOnly day) => Some.Event(handle) with
    {
        Day = day, Body = Encoding.UTF8.GetBytes($"{{\"data\":{{\"type\":1}},\"source\":\"s\",\"type\":\"{type}\"}}"),
    };

    /// <summary>Notes how many rows were gone over.</summary>
    private sealed class CountingStore(IStatisticsStore inner) : Unlocked(inner)
    {
        public Dictionary<StatisticsMonth, long> Rows { get; } = [];

        public long RowsOfOneMax { get; private set; }

        public override Task<MonthPage> Count(MonthRun run, CancellationToken cancellationToken)
        {
            Rows[run.Month] = Rows.GetValueOrDefault(run.Month) + run.To - run.After;
            RowsOfOneMax = Math.Max(RowsOfOneMax, run.To - run.After);
            return base.Count(run, cancellationToken);
        }
    }

    /// <summary>Whoever asks is alone.</summary>
    private class Unlocked(IStatisticsStore inner) : IStatisticsStore
    {
        public Task<byte[]?> Find(ProgrammeId programme, StatisticsMonth month, CancellationToken cancellationToken) =>
            inner.Find(programme, month, cancellationToken);

        public Task<IReadOnlyCollection<StatisticsMonth>> ReadMonths(ProgrammeId programme, CancellationToken cancellationToken) =>
            inner.ReadMonths(programme, cancellationToken);

        public Task Keep(
            ProgrammeId programme, StatisticsMonth month, byte[] document, DateOnly madeOn, CancellationToken cancellationToken) =>
            inner.Keep(programme, month, document, madeOn, cancellationToken);

        public Task<IAsyncDisposable?> TryLock(CancellationToken cancellationToken) =>
            Task.FromResult<IAsyncDisposable?>(new MemoryStream());

        public Task<long[]> Positions(CancellationToken cancellationToken) => inner.Positions(cancellationToken);

        public Task<long> PositionBefore(
            ProgrammeId programme, StatisticsMonth month, int partition, long last, CancellationToken cancellationToken) =>
            inner.PositionBefore(programme, month, partition, last, cancellationToken);

        public virtual Task<MonthPage> Count(MonthRun run, CancellationToken cancellationToken) => inner.Count(run, cancellationToken);
    }
}
