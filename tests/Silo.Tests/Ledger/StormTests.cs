using Scoring.Enrolments;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>Everything at once, from several writers: what must hold afterwards is asked of the tables.</summary>
public sealed class StormTests(PostgresServer server)
{
    private const int Seed = 20261123;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Appends_repeats_moves_grants_pauses_queries_and_withdrawals_at_once_keep_every_promise()
    {
        await using var first = await LedgerStage.Open(server);
        await using var second = first.Beside(new LedgerOptions { LaneCount = 1, FlushRowsMax = 7 });
        await using var third = first.Beside(new LedgerOptions { LaneCount = 4 });
        var writers = new[] { first, second, third };
        byte[][] handles = [.. Enumerable.Range(0, 24).Select(_ => Some.Hash())];
        Guid[] keys = [.. Enumerable.Range(0, 400).Select(_ => Guid.NewGuid())];
        var storm = Task.WhenAll(Enumerable.Range(0, 9).Select(i => Task.Run(() => Actor(writers[i % 3], i, handles, keys))));
        await storm.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var writer in writers) writer.Log.ShouldBeEmpty();
        var withdrawn = await storm;
        var (subjects, entries) = (withdrawn.Sum(w => w.Subjects), withdrawn.Sum(w => w.Entries));
        subjects.ShouldBeGreaterThan(50);

        (await first.Rows<string>("""
            SELECT h.partition || ': ' || h.position || ' ' || count(e.position) || ' ' || coalesce(max(e.position), 0)
            FROM ledger.head h LEFT JOIN ledger.entry e USING (partition)
            GROUP BY h.partition, h.position HAVING h.position <> count(e.position) OR h.position <> coalesce(max(e.position), 0)
            """)).ShouldBeEmpty("positions have a gap");
        (await first.Rows<long>("""
            SELECT subject FROM ledger.entry WHERE subject IS NOT NULL
            GROUP BY subject
            HAVING count(*) <> max(turn) OR min(turn) <> 1 OR count(DISTINCT partition) <> 1 OR count(DISTINCT key) <> count(*)
            """)).ShouldBeEmpty("turns have a gap or a key stands twice");
        (await first.Rows<long>("""
            SELECT position FROM (SELECT position, turn, lag(turn) OVER (PARTITION BY subject ORDER BY position) AS last
                FROM ledger.entry WHERE subject IS NOT NULL) t WHERE turn <> coalesce(last, 0) + 1
            """)).ShouldBeEmpty("turns do not follow positions");
        (await first.Rows<long>("""
            SELECT position FROM (SELECT position, kind, count(*) FILTER (WHERE kind = 12) OVER before
                - count(*) FILTER (WHERE kind = 13) OVER before AS pauses
                FROM ledger.entry WHERE subject IS NOT NULL WINDOW before AS (PARTITION BY subject ORDER BY turn)) t
            WHERE pauses NOT IN (0, 1) OR (pauses = 1 AND kind IN (1, 2))
            """)).ShouldBeEmpty("a pause is noted twice, or something was taken during one");
        (await first.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 12")).ShouldBeGreaterThan(0);
        (await first.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE subject NOT IN (SELECT subject FROM ledger.enrolment)"))
            .ShouldBe(0, "an entry stands behind a withdrawal");
        (await first.Scalar<long>(
            "SELECT count(*) FROM ledger.entry WHERE kind = 0 AND num_nulls(subject, turn, key, day, body) < 5")).ShouldBe(0);
        (await first.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 0")).ShouldBe(entries);
        (await first.Scalar<long>(
            "SELECT sum((convert_from(body, 'UTF8')::json ->> 'entries')::bigint)::bigint FROM ledger.entry WHERE kind = 14"))
            .ShouldBe(entries);
        (await first.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 14")).ShouldBe(subjects);
        (await first.Scalar<long>("SELECT count(*) FROM ledger.erasure WHERE subject IS NOT NULL")).ShouldBe(0);
        (await first.Scalar<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0);
        await Leaves.Check(first);
    }

    private static async Task<(int Subjects, long Entries)> Actor(LedgerStage stage, int number, byte[][] handles, Guid[] keys)
    {
        var random = new Random(Seed + number);
        var (ledger, enrolments) = (stage.PostgresLedger, stage.PostgresEnrolments);
        var locators = Some.Locators(4);
        List<NewGrant> grants = [];
        var (subjects, entries) = (0, 0L);
        for (var i = 0; i < 150; i++)
        {
            var locator = locators[random.Next(4)];
            switch (random.Next(15))
            {
                case 0 or 1 or 11:
                    var proof = Some.Start.AddSeconds(number + (i * 100));
                    var moved = handles.OrderBy(_ => random.Next()).Take(random.Next(4)).Select(hash => Some.Handle(hash, proof)).ToArray();
                    try
                    {
                        await enrolments.Enrol(Some.Enrolment(locators, moved), Cancel);
                    }
                    catch (HandleProofReplayedException)
                    {
                        // Another actor's proof was newer: as it should be.
                    }
                    break;
                case 2:
                    var grant = Some.Grant();
                    if (await enrolments.Grant(locator, grant, 8, Cancel)) grants.Add(grant);
                    break;
                case 3 when grants.Count > 0:
                    await enrolments.Revoke(locator, grants[random.Next(grants.Count)].Id, Some.Entry(EntryKind.GrantRevoked), Cancel);
                    break;
                case 13:
                    try
                    {
                        var wanted = handles.OrderBy(_ => random.Next()).Take(2)
                            .Select(h => Some.Handle(h, Some.Start.AddSeconds(number + (i * 100))));
                        await enrolments.Link(locator, new([.. wanted], Some.Start, Some.Day), 3, Cancel);
                    }
                    catch (HandleProofReplayedException)
                    {
                        // As above.
                    }
                    break;
                case 14 when await enrolments.Find(locator, Cancel) is { } found:
                    foreach (var linked in (await enrolments.HandlesOf(found.Subject, Cancel)).Take(1))
                        await enrolments.Unlink(locator, linked.Id, Some.Day, Cancel);
                    break;
                case 12:
                    var pause = i % 3 == 0;
                    var kind = pause ? EntryKind.Restricted : EntryKind.RestrictionLifted;
                    await enrolments.Restrict(locator, pause, Some.Entry(kind), Cancel);
                    break;
                case 4 or 10 when await enrolments.Withdraw(locator, Some.Day, Some.Request, Cancel) is { } left:
                    subjects++;
                    entries += left.Entries;
                    break;
                case 5 or 6 when grants.Count > 0:
                    await ledger.AppendQuery(Some.Query(grants[random.Next(grants.Count)].Hash, keys[random.Next(20)]), Cancel);
                    break;
                default:
                    await ledger.AppendEvents(
                        [.. Enumerable.Range(0, 20)
                            .Select(_ => Some.Event(handles[random.Next(handles.Length)], keys[random.Next(keys.Length)]))],
                        Cancel);
                    break;
            }
        }
        return (subjects, entries);
    }
}
