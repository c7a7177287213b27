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

/// <summary>The statistics of a month on a real ledger: entries are counted once, and the document then stays.</summary>
public sealed class PostgresStatisticsTests(PostgresServer server) : IAsyncLifetime
{
    private const string Trip = "traffic.trip";
    private const string Parking = "traffic.parking";

    /// <summary>The first day on which March can be counted: thirty days of lateness and one more.</summary>
    private static readonly DateTimeOffset From = new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly StatisticsMonth March = StatisticsMonth.Of(Some.Day);

    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

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
    public async Task A_withdrawal_before_the_count_is_left_out_and_one_after_it_changes_no_byte()
    {
        var enrolled = await EnrolAll(22);
        await Send([.. enrolled.Select(one => one.Handle)], Trip, Some.Day);
        for (var n = 0; n < 2; n++)
            await _stage.PostgresEnrolments.Withdraw(enrolled[n].Enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        var made = await Made();
        Count(JsonNode.Parse(made)!, Trip).ShouldBe(20);
        for (var n = 2; n < 22; n++)
            await _stage.PostgresEnrolments.Withdraw(enrolled[n].Enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        using var again = _stage.NewStatisticsService(new FakeTimeProvider(From.AddDays(3)));
        (await Run(again)).ShouldBe(0);
        (await Kept(March)).ShouldBe(made);
        await _stage.ShouldBeConserved();
    }

    [Fact]
    public async Task A_document_is_never_changed()
    {
        await Made();
        foreach (var statement in (string[])[
            "UPDATE ledger.statistics SET document = '\\x7b7d'", "UPDATE ledger.statistics SET made_on = '2027-01-01'",
            "DELETE FROM ledger.statistics"])
        {
            var refused = await Should.ThrowAsync<PostgresException>(() => _stage.Execute(statement));
            refused.SqlState.ShouldBe(PostgresErrorCodes.IntegrityConstraintViolation);
        }
        var before = await Kept(March);
        await _stage.Statistics.Keep(Some.Programme, March, "{}"u8.ToArray(), Some.Day, Cancel);
        (await Kept(March)).ShouldBe(before);
    }

    [Fact]
    public async Task A_contest_is_counted_once_by_its_state_on_the_day()
    {
        // Each of 105 subjects contests one event. A fifth each is rejected, upheld, left undecided, given material, and given material and
        // decided after the day of the outcomes.
        var contests = new List<string>();
        var locators = new List<byte[]>();
        for (var n = 0; n < 105; n++)
        {
            var (enrolled, turns) = await _stage.Enrol(Guid.NewGuid());
            var opened = await _stage.Open(enrolled.Locators[0], turns[0], today: Some.Day.AddDays(n % 5 >= 3 ? 20 : 5));
            contests.Add(opened!.Value.Contest!.Case);
            locators.Add(enrolled.Locators[0]);
        }
        // Opened in April, so none of March.
        var (later, laterTurns) = await _stage.Enrol(Guid.NewGuid());
        await _stage.Open(later.Locators[0], laterTurns[0], today: new DateOnly(2026, 4, 1));
        for (var n = 0; n < 105; n++)
        {
            if (n % 5 == 0) await _stage.Judge(contests[n], upheld: false, new DateOnly(2026, 3, 20));
            if (n % 5 == 1) await _stage.Judge(contests[n], upheld: true, new DateOnly(2026, 4, 3));
            if (n % 5 == 2 && n % 2 == 0) await _stage.Uphold(contests[n], new DateOnly(2026, 4, 6));
            // Due on 20 April and moved to 5 May, so still open on the day of the outcomes.
            if (n % 5 >= 3) await _stage.AddMaterial(locators[n], contests[n], ContestGround.WrongDay, new DateOnly(2026, 4, 1));
            // Decided after the day of the outcomes, so it does not count.
            if (n % 5 == 4) await _stage.Judge(contests[n], upheld: false, new DateOnly(2026, 5, 3));
        }
        var made = JsonNode.Parse(await Made(new DateTimeOffset(2026, 6, 20, 0, 0, 0, TimeSpan.Zero)))!;
        made["contests"]!.ToJsonString().ShouldBe(
            """{"open":42,"opened":105,"outcomesOn":"2026-05-02","rejected":21,"undecidedInTime":21,"upheld":21}""");
        ((string?)made["madeOn"]).ShouldBe("2026-06-19", "in New York the date is the day before");
    }

    [Fact]
    public async Task It_is_made_in_pages_and_runs_and_gives_the_same_counts()
    {
        var handles = await EnrolMany(60);
        // 500 days of events, late by up to thirty days, so that the entries of a month are spread over a long range.
        var random = new Random(11);
        var expected = 0;
        for (var day = -300; day < 200; day++)
        {
            var late = Some.Day.AddDays(day - random.Next(30));
            if (late is { Year: 2026, Month: 3 }) expected += 60;
            await Send(handles, Trip, late);
        }
        var counting = new CountingStatisticsStore(_stage.Statistics);
        using var service = _stage.NewStatisticsService(
            new FakeTimeProvider(From), new StatisticsOptions { PageRowsMax = 100, LookRowsMax = 1000 }, counting);
        var runs = 0;
        // The months of two years are missing. March is the newest and is made last.
        while (await _stage.Statistics.Find(Some.Programme, March, Cancel) is null)
        {
            await Run(service);
            runs++;
        }
        Count(JsonNode.Parse(await Kept(March))!, Trip).ShouldBe(expected);
        runs.ShouldBeGreaterThan(20);
        counting.RowsOfOneMax.ShouldBeLessThanOrEqualTo(100);
        counting.Rows[March].ShouldBeLessThan(await _stage.Scalar<long>("SELECT sum(position)::bigint FROM ledger.head"));
        (await _stage.Rows<string>("SELECT month::text FROM ledger.statistics ORDER BY made_on, ctid")).ShouldBe(
            [.. Months(new DateOnly(2024, 5, 1), 23)], "the oldest month is first, and no month has an expired day");
    }

    [Fact]
    public async Task One_silo_at_a_time_counts_and_two_concurrent_counts_do_no_harm()
    {
        await Send(await EnrolMany(20), Trip, Some.Day);
        await using (await _stage.Statistics.TryLock(Cancel))
        {
            await using var otherSilo = _stage.AnotherWriter();
            using var service = otherSilo.NewStatisticsService(new FakeTimeProvider(From));
            (await service.BuildMissing(Cancel)).ShouldBe(0);
        }
        // A silo that has lost its lock without noticing does not keep another from counting.
        using var one = _stage.NewStatisticsService(new FakeTimeProvider(From), store: new UnlockedStatisticsStore(_stage.Statistics));
        using var other = _stage.NewStatisticsService(
            new FakeTimeProvider(From.AddDays(1)), store: new UnlockedStatisticsStore(_stage.Statistics));
        await Task.WhenAll(one.BuildMissing(Cancel), other.BuildMissing(Cancel));
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.statistics WHERE month = '2026-03-01'")).ShouldBe(1);
        _stage.Log.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_search_for_the_start_of_a_month_skips_none_of_its_entries()
    {
        var handles = await EnrolMany(1);
        var random = new Random(3);
        for (var day = 0; day < 900; day++)
            await _stage.PostgresLedger.AppendEvents(
                [.. Enumerable.Range(0, 30).Select(_ => Event(handles[0], Trip, new DateOnly(2024, 1, 1).AddDays(day - random.Next(90))))],
                Cancel);
        var partition = (int)await _stage.Scalar<short>("SELECT partition FROM ledger.enrolment");
        var last = (await _stage.Statistics.Positions(Cancel))[partition];
        for (var month = StatisticsMonth.Of(new DateOnly(2024, 1, 1)); month.First < new DateOnly(2026, 7, 1); month = month.Next)
        {
            var before = await _stage.Statistics.PositionBefore(Some.Programme, month, partition, last, Cancel);
            var first = await _stage.Scalar<long>(
                $"SELECT coalesce(min(position), {last + 1}) FROM ledger.entry WHERE kind = 1 AND day >= '{month}-01'");
            before.ShouldBeLessThan(first, month.ToString());
            if (month.First > new DateOnly(2024, 7, 1))
                before.ShouldBeGreaterThan(Math.Min(first, last) - 6000, "only the rows that are needed are read");
        }
        // Expired rows are not read again.
        await _stage.Execute($"""
            INSERT INTO ledger.expiry (partition, programme, position, day) VALUES ({partition}, '{Some.Programme}', 5000, '2024-05-01')
            """);
        StatisticsMonth.TryParse("2024-06", out var june).ShouldBeTrue();
        (await _stage.Statistics.PositionBefore(Some.Programme, june, partition, last, Cancel)).ShouldBeGreaterThanOrEqualTo(5000);
    }

    private async Task<string> Made(DateTimeOffset? at = null)
    {
        using var early = _stage.NewStatisticsService(new FakeTimeProvider(From.AddDays(-1)));
        await Run(early);
        (await _stage.Statistics.Find(Some.Programme, March, Cancel)).ShouldBeNull("an event of March may still arrive");
        using var service = _stage.NewStatisticsService(new FakeTimeProvider(at ?? From));
        await Run(service);
        return await Kept(March);
    }

    private static Task<int> Run(MonthlyStatisticsService service) => service.BuildMissing(Cancel);

    private async Task<string> Kept(StatisticsMonth month) =>
        Encoding.UTF8.GetString((await _stage.Statistics.Find(Some.Programme, month, Cancel)).ShouldNotBeNull());

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
            await _stage.PostgresEnrolments.Enrol(enrolment, Cancel);
            all.Add((enrolment, handle.Hash));
        }
        return all;
    }

    private Task Send(byte[][] handles, string type, DateOnly day) =>
        _stage.PostgresLedger.AppendEvents([.. handles.Select(handle => Event(handle, type, day))], Cancel);

    private static EventToAppend Event(byte[] handle, string type, DateOnly day) => Some.Event(handle) with
    {
        Day = day, Body = Encoding.UTF8.GetBytes($"{{\"data\":{{\"type\":1}},\"source\":\"s\",\"type\":\"{type}\"}}"),
    };
}
