using Scoring.Administration;
using Scoring.Streams;

namespace Scoring.Notices;

public sealed class LiveNoticeTests
{
    [Fact]
    public async Task Whoever_waits_is_told_when_it_is_in_the_ledger()
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
    public async Task Nothing_is_missed_and_nothing_told_twice_while_everything_arrives_at_once()
    {
        await using var city = await NoticeCity.Start(silos: 2, ("Notices:LookMilliseconds", "10"));
        const int entries = 300, acts = 60;
        var writing = Task.WhenAll(
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
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(reader => Listen(city, reader + 1)));
        await writing;
        foreach (var told in all)
        {
            told.Select(notice => notice.Turn).OfType<long>().ShouldBe(Enumerable.Range(1, entries + 2).Select(turn => (long)turn));
            told.Select(notice => notice.Act).OfType<long>().ShouldBe(
                Enumerable.Range(0, acts).Where(i => i % 3 != 0).Select(i => i + 1L));
        }

        static async Task<List<Notice>> Listen(NoticeCity city, int count)
        {
            var told = new List<Notice>();
            for (var place = NoticePlace.Start; told.Count < entries + 2 + (acts * 2 / 3);)
            {
                var run = (await city.Notices.After(NoticeCity.Own, new NoticeCursor(place, null), count, true, CancellationToken.None))
                    .ShouldNotBeNull();
                told.AddRange(run.Notices);
                run.Notices.Length.ShouldBeLessThanOrEqualTo(count);
                place = run.At;
            }
            return told;
        }
    }

    [Fact]
    public async Task What_is_committed_behind_a_lookers_back_is_told_at_once()
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
        (await city.Notices.After(
            NoticeCity.Own, new NoticeCursor(run.At, run.Enrolment), 10, true, CancellationToken.None)).ShouldBeNull();
        var later =
            (await city.Notices.After(NoticeCity.Own, new NoticeCursor(run.At, null), 10, true, CancellationToken.None)).ShouldNotBeNull();
        later.Enrolment.ShouldNotBe(run.Enrolment);
        later.Enrolment.ShouldNotContain(city.Subject.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_place_ahead_of_a_restored_ledger_starts_over_from_what_there_is()
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
            city.Ledger.GoBack(city.Subject, turn, act);
            var run = await city.Run("7-2");
            (run.Restarts, run.At, run.Notices.Length).ShouldBe((true, NoticePlace.Start, 0));
            (await city.Run(run.At.ToString())).Notices.Length.ShouldBe(turn + act);
        }
    }

    [Fact]
    public async Task A_partition_that_moves_for_others_costs_all_who_wait_one_look_in_a_while()
    {
        await using var city = await NoticeCity.Start(silos: 1, ("Notices:WaitSeconds", "2"), ("Notices:LookMilliseconds", "10000"));
        var end = await city.End();
        var reads = city.Ledger.NoticeReads;
        var waiting = Enumerable.Range(0, 20).Select(_ => city.Wait(end)).ToArray();
        await TestCity.Until(() => city.Ledger.NoticeReads == reads + waiting.Length, "everybody waits");
        var partition = city.Ledger.EntriesOf(city.Subject)[0].Partition;
        for (var i = 0; i < 500; i++)
        {
            city.Ledger.Move(partition);
            city.Ledger.Move(0);
            if (i % 10 == 0) await Task.Yield();
        }
        foreach (var wait in waiting) (await wait).ShouldNotBeNull().Notices.ShouldBeEmpty();
        city.Ledger.Looks.ShouldBe(1);
        city.Ledger.NoticeReads.ShouldBe(reads + waiting.Length, "nobody reads their entries for what is not theirs");
    }

    [Fact]
    public async Task Who_hangs_up_is_waited_for_no_more()
    {
        await using var city = await NoticeCity.Start(silos: 1, ("Notices:WaitSeconds", "25"));
        using var patience = new CancellationTokenSource();
        var waiting = city.Wait(await city.End(), patience.Token);
        waiting.IsCompleted.ShouldBeFalse();
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }
}
