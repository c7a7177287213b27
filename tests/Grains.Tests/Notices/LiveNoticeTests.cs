using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Notices;

public sealed class LiveNoticeTests
{
    [Fact]
    public async Task A_waiting_reader_gets_a_notice_when_it_is_in_the_ledger()
    {
        await using var city = await NoticeCity.Start(silos: 2);
        var end = await city.End();
        end.ShouldBe(new NoticePlace(2, 0));
        var waiting = city.Wait(end);
        city.City.Append(city.Subject);
        var run = (await waiting).ShouldNotBeNull();
        run.Notices.ShouldHaveSingleItem().Id.ShouldBe("3-0");

        waiting = city.Wait(run.At);
        city.Record(AdminActions.Suspended, TestProgrammes.Vehicles);
        run = (await waiting).ShouldNotBeNull();
        run.Notices.ShouldHaveSingleItem().Id.ShouldBe("3-1");
        run.At.ShouldBe(new NoticePlace(3, 1));
    }

    [Fact]
    public async Task An_entry_in_a_queue_of_the_own_silo_is_shown_without_a_poll()
    {
        await using var city = await NoticeCity.Start(silos: 1, ("Notices:WaitSeconds", "25"));
        var polls = new TaskCompletionSource();
        city.Ledger.PollsOpen = polls.Task;
        var place = await city.End();
        for (var round = 0; round < 3; round++)
        {
            var reads = city.Ledger.NoticeReads;
            var waiting = city.Wait(place);
            await TestCity.Until(() => city.Ledger.NoticeReads > reads, "the reader waits");
            var turn = city.City.Append(city.Subject);
            var run = (await waiting).ShouldNotBeNull();
            run.Notices.ShouldHaveSingleItem().Turn.ShouldBe(turn);
            place = run.At;
        }
        polls.SetResult();
    }

    [Fact]
    public async Task No_notice_is_missed_or_repeated_under_concurrent_appends()
    {
        await using var city = await NoticeCity.Start(silos: 2, ("Notices:LookMilliseconds", "10"));
        const int entries = 300, acts = 60, total = entries + 2 + (acts * 2 / 3);
        var writing = Append(city, entries, acts);
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(reader => Listen(city, reader + 1, total)));
        await writing;
        foreach (var notices in all)
        {
            notices.Select(notice => notice.Turn).OfType<long>().ShouldBe(Enumerable.Range(1, entries + 2).Select(turn => (long)turn));
            notices.Select(notice => notice.Act).OfType<long>().ShouldBe(
                Enumerable.Range(0, acts).Where(i => i % 3 != 0).Select(i => i + 1L));
        }
    }

    [Fact]
    public async Task A_commit_during_a_read_is_returned_immediately()
    {
        await using var city = await NoticeCity.Start(silos: 1, ("Notices:WaitSeconds", "25"));
        long turn = 0;
        city.Ledger.AfterNoticeRead = () => turn = city.City.Append(city.Subject);
        var run = (await city.Wait(await city.End())).ShouldNotBeNull();
        run.Notices.ShouldHaveSingleItem().Turn.ShouldBe(turn);
    }

    [Fact]
    public async Task A_wait_that_brings_nothing_ends_where_it_began()
    {
        await using var city = await NoticeCity.Start(silos: 1, ("Notices:WaitSeconds", "1"));
        var end = await city.End();
        var run = (await city.Wait(end)).ShouldNotBeNull();
        (run.Notices.Length, run.At, run.Restarts).ShouldBe((0, end, false));
    }

    [Fact]
    public async Task A_withdrawal_ends_every_wait_on_every_silo()
    {
        await using var city = await NoticeCity.Start(silos: 2, ("Notices:WaitSeconds", "25"));
        var end = await city.End();
        var waiting = Enumerable.Range(0, 8).Select(_ => city.Wait(end)).ToArray();
        (await city.Enrolments.Withdraw(NoticeCity.Own, null)).ShouldNotBeNull();
        foreach (var wait in waiting) (await wait).ShouldBeNull();
        (await city.Wait(end)).ShouldBeNull();
    }

    [Fact]
    public async Task A_later_enrolment_is_not_taken_for_the_one_that_left()
    {
        await using var city = await NoticeCity.Start();
        var run = await city.Run("0-0");
        (await city.Enrolments.Withdraw(NoticeCity.Own, null)).ShouldNotBeNull();
        await city.Enrol("another-handle-123");
        city.City.Append(city.Subject);
        (await city.Stream.After(
            NoticeCity.Own, new NoticeCursor(run.At, run.Enrolment), 10, true, CancellationToken.None)).ShouldBeNull();
        var later =
            (await city.Stream.After(NoticeCity.Own, new NoticeCursor(run.At, null), 10, true, CancellationToken.None)).ShouldNotBeNull();
        later.Enrolment.ShouldNotBe(run.Enrolment);
        later.Enrolment.ShouldNotContain(city.Subject.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_place_ahead_of_a_restored_ledger_starts_over()
    {
        await using var city = await NoticeCity.Start(silos: 1, ("Notices:WaitSeconds", "1"));
        for (var i = 0; i < 5; i++) city.City.Append(city.Subject);
        city.Record(AdminActions.Registered, null);
        city.Record(AdminActions.Registered, null);
        var place = (await city.Run("0-0")).At;
        place.ShouldBe(new NoticePlace(7, 2));
        (await city.Run("7-2")).Restarts.ShouldBeFalse();
        foreach (var (turn, act) in new[] { (7, 1), (4, 1) })
        {
            city.Ledger.Restore(city.Subject, turn, act);
            var run = await city.Run("7-2");
            (run.Restarts, run.At, run.Notices.Length).ShouldBe((true, NoticePlace.Start, 0));
            (await city.Run(run.At.ToString())).Notices.Length.ShouldBe(turn + act);
        }
    }

    [Fact]
    public async Task Appends_of_others_cost_all_waiting_readers_one_poll_together()
    {
        await using var city = await NoticeCity.Start(silos: 1, ("Notices:WaitSeconds", "2"), ("Notices:LookMilliseconds", "10000"));
        var end = await city.End();
        var reads = city.Ledger.NoticeReads;
        var waiting = Enumerable.Range(0, 20).Select(_ => city.Wait(end)).ToArray();
        await TestCity.Until(() => city.Ledger.NoticeReads == reads + waiting.Length, "all readers wait");
        var partition = city.Ledger.EntriesOf(city.Subject)[0].Partition;
        for (var i = 0; i < 500; i++)
        {
            city.Ledger.AppendElsewhere(partition);
            city.Ledger.AppendElsewhere(0);
            if (i % 10 == 0) await Task.Yield();
        }
        foreach (var wait in waiting) (await wait).ShouldNotBeNull().Notices.ShouldBeEmpty();
        city.Ledger.Polls.ShouldBe(1);
        city.Ledger.NoticeReads.ShouldBe(reads + waiting.Length, "no reader reads its entries for the entries of others");
    }

    [Fact]
    public async Task Expired_entries_after_a_place_cost_a_waiting_reader_no_reads()
    {
        await using var city = await NoticeCity.Start(silos: 1, ("Notices:WaitSeconds", "2"), ("Notices:LookMilliseconds", "10"));
        var end = await city.End();
        var expired = city.City.Append(city.Subject);
        city.Ledger.IsExpired = turn => turn == expired;
        var reads = city.Ledger.NoticeReads;
        var waiting = city.Wait(end);
        await TestCity.Until(() => city.Ledger.NoticeReads == reads + 1, "the reader waits");
        var polls = city.Ledger.Polls;
        city.Ledger.AppendElsewhere(city.Ledger.EntriesOf(city.Subject)[0].Partition);
        await TestCity.Until(() => city.Ledger.Polls > polls, "the ledger was polled");
        (await waiting).ShouldNotBeNull().Notices.ShouldBeEmpty();
        city.Ledger.NoticeReads.ShouldBe(reads + 1, "the last turn is the one that has expired");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_disconnected_reader_ends_its_wait_in_the_silo_too(int silos)
    {
        await using var city = await NoticeCity.Start(silos, ("Notices:WaitSeconds", "25"));
        using var disconnect = new CancellationTokenSource();
        var end = await city.End();
        var reads = city.Ledger.NoticeReads;
        var stream = city.Stream;
        var waiting = stream.After(NoticeCity.Own, new NoticeCursor(end, null), 100, waits: true, disconnect.Token);
        await TestCity.Until(() => city.Ledger.NoticeReads > reads, "the reader waits");
        await disconnect.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        await TestCity.Until(() => city.City.Deliveries.Cancelled == 1, "the wait ends because it is cancelled, not at its bound");
        await TestCity.Until(() => !city.City.Cluster.TryGetGrainContext(stream.GetGrainId(), out _), "no activation is left");
    }

    /// <summary>Appends entries and records acts from two tasks at the same time. Every third act concerns another programme.</summary>
    private static Task Append(NoticeCity city, int entries, int acts) => Task.WhenAll(
        Task.Run(async () =>
        {
            for (var i = 0; i < entries; i++)
            {
                city.City.Append(city.Subject, daysAgo: i % 11);
                if (i % 7 == 0) await Task.Yield();
            }
        }),
        Task.Run(async () =>
        {
            for (var i = 0; i < acts; i++)
            {
                city.Record(AdminActions.Registered, i % 3 == 0 ? TestProgrammes.Citizens : null);
                await Task.Yield();
            }
        }));

    /// <summary>Reads runs of at most <paramref name="count"/> notices, as a stream does, until it has <paramref name="total"/>.</summary>
    private static async Task<List<Notice>> Listen(NoticeCity city, int count, int total)
    {
        var notices = new List<Notice>();
        for (var place = NoticePlace.Start; notices.Count < total;)
        {
            var run = (await city.Stream.After(NoticeCity.Own, new NoticeCursor(place, null), count, true, CancellationToken.None))
                .ShouldNotBeNull();
            notices.AddRange(run.Notices);
            run.Notices.Length.ShouldBeLessThanOrEqualTo(count);
            place = run.At;
        }
        return notices;
    }
}
