using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Retention;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>
/// Whatever takes away, against whatever adds, from several writers at once. A trigger keeps what was ever inserted beside the ledger, so
/// that afterwards nothing can be missing or left over unseen.
/// </summary>
public sealed class LeavingStormTests(PostgresServer server) : IDisposable
{
    private const int Seed = 20261124;
    private const int Actors = 9;
    private const int Steps = 120;

    private static readonly DateOnly Gone = Some.Day.AddDays(-1);

    private readonly string folder = Directory.CreateTempSubdirectory("scoring-erasures-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Withdrawals_moves_pauses_revocations_renewals_and_expiry_leave_nothing_over_and_take_nothing_else()
    {
        await using var first = await LedgerStage.Open(server, erasures: folder);
        await first.Execute("""
            CREATE TABLE shadow AS SELECT * FROM ledger.entry;
            CREATE FUNCTION shadow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO shadow VALUES (NEW.*); RETURN NULL; END $$;
            CREATE TRIGGER shadow AFTER INSERT ON ledger.entry FOR EACH ROW EXECUTE FUNCTION shadow();
            """);
        await using var second = first.Beside(new LedgerOptions { LaneCount = 1, FlushRowsMax = 7 });
        await using var third = first.Beside(new LedgerOptions { LaneCount = 4 });
        var writers = new[] { first, second, third };
        byte[][] handles = [.. Enumerable.Range(0, 24).Select(_ => Some.Hash())];
        Guid[] keys = [.. Enumerable.Range(0, 400).Select(_ => Guid.NewGuid())];
        var (left, expired) = (0, 0L);
        var storm = Task.WhenAll(Enumerable.Range(0, Actors).Select(i => Task.Run(() => Actor(writers[i % 3], i))));
        using var over = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            // One statement, one snapshot: at every moment each missing body is declared.
            while (!over.IsCancellationRequested) (await first.Scalar<bool>(Declared)).ShouldBeTrue("a body is missing undeclared");
        });
        await storm.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await over.CancelAsync();
        foreach (var writer in writers) writer.Log.ShouldBeEmpty();
        await storm;
        await watch;
        await first.Finisher.FinishOpen(forget: true, Cancel);
        expired += (await first.Expiring.Run([Due], long.MaxValue, Cancel)).Cleared;
        left.ShouldBeGreaterThan(50);
        expired.ShouldBeGreaterThan(200);

        await first.ShouldBeConserved();
        await Leaves.Check(first);
        foreach (var (sql, why) in Broken) (await first.Rows<string>(sql)).ShouldBeEmpty(why);
        var (count, has) = first.Erasures.Read();
        count.ShouldBeGreaterThanOrEqualTo(left);
        var living = (await first.Rows<long>("SELECT subject FROM ledger.enrolment")).ToHashSet();
        foreach (var subject in await first.Rows<long>("SELECT DISTINCT subject FROM shadow WHERE subject IS NOT NULL"))
            has(new(subject)).ShouldBe(!living.Contains(subject));
        (await first.Scalar<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0);

        async Task Actor(LedgerStage stage, int number)
        {
            var random = new Random(Seed + number);
            var (ledger, enrolments) = (stage.PostgresLedger, stage.PostgresEnrolments);
            var locators = Some.Locators(4);
            List<NewGrant> grants = [];
            for (var i = 0; i < Steps; i++)
            {
                var locator = locators[random.Next(4)];
                var proof = Some.Start.AddSeconds(number + (i * 100));
                try
                {
                    switch (random.Next(18))
                    {
                        case 0 or 1 or 2:
                            await enrolments.Enrol(
                                Some.Enrolment(
                                    locators,
                                    [.. handles.OrderBy(_ => random.Next()).Take(random.Next(4)).Select(h => Some.Handle(h, proof))]),
                                Cancel);
                            break;
                        case 3:
                            var grant = Some.Grant();
                            if (await enrolments.Grant(locator, grant, 8, Cancel)) grants.Add(grant);
                            break;
                        case 4 when grants.Count > 0:
                            await enrolments.Revoke(
                                locator, grants[random.Next(grants.Count)].Id, Some.Entry(EntryKind.GrantRevoked), Cancel);
                            break;
                        case 5:
                            await enrolments.Link(
                                locator, new([Some.Handle(handles[random.Next(24)], proof)], Some.Start, Some.Day), 3, Cancel);
                            break;
                        case 6:
                            var pause = i % 3 == 0;
                            await enrolments.Restrict(
                                locator, pause, Some.Entry(pause ? EntryKind.Restricted : EntryKind.RestrictionLifted), Cancel);
                            break;
                        case 7:
                            await enrolments.RenewConsent(
                                locator, new string('b', 64), 1 + random.Next(5),
                                Some.Entry(EntryKind.ConsentRenewed) with { Day = Some.Day.AddDays(random.Next(-3, 2)) }, Cancel);
                            break;
                        case 8 or 9 when await enrolments.Withdraw(locator, Some.Day, Some.Request, Cancel) is not null:
                            Interlocked.Increment(ref left);
                            break;
                        case 10 when await stage.Withdrawals.Fence(locator, Some.Day, Some.Asked, Cancel) is not null:
                            Interlocked.Increment(ref left); // a crash behind the fence: whoever comes next goes on
                            break;
                        case 11:
                            Interlocked.Add(ref expired, (await stage.Expiring.Run([Due], long.MaxValue, Cancel)).Cleared);
                            // Tomorrow comes at once: everything is looked at anew.
                            await stage.Execute("UPDATE ledger.expiry SET day = day - 1 WHERE reached IS NULL");
                            break;
                        case 12 when await enrolments.Find(locator, Cancel) is { } found:
                            await ledger.WriteSnapshot(
                                found.Subject, new Snapshot(i, "ab", 1, [1]) { Oldest = Some.Day.AddDays(random.Next(-2, 2)) }, Cancel);
                            break;
                        case 13 or 14 when grants.Count > 0:
                            await ledger.AppendQuery(
                                Some.Query(
                                    grants[random.Next(grants.Count)].Hash, keys[random.Next(20)],
                                    day: Some.Day.AddDays(random.Next(-3, 1))),
                                Cancel);
                            break;
                        default:
                            await ledger.AppendEvents(
                                [.. Enumerable.Range(0, 12).Select(_ => Some.Event(handles[random.Next(24)], keys[random.Next(400)])
                                    with { Day = Some.Day.AddDays(random.Next(-6, 2)) })],
                                Cancel);
                            break;
                    }
                }
                catch (HandleProofReplayedException)
                {
                    // Another actor's proof was newer: as it should be.
                }
            }
        }
    }

    private static DueDays Due => new(Some.Programme, Gone, 5, Some.Day);

    private const string Declared = """
        SELECT (SELECT count(*) FROM ledger.entry WHERE body IS NULL)
            = coalesce((SELECT sum((convert_from(body, 'UTF8')::json ->> 'entries')::bigint) FROM ledger.entry WHERE kind IN (14, 19)), 0)
            - (SELECT count(*) FROM ledger.entry e JOIN ledger.erasure l ON l.subject = e.subject WHERE e.body IS NOT NULL)
        """;

    private const string Living = "s.subject IN (SELECT subject FROM ledger.enrolment)";

    private static readonly (string Sql, string Why)[] Broken =
    [
        ("""
         SELECT subject::text FROM (SELECT subject, turn, row_number() OVER (PARTITION BY subject ORDER BY position) AS n
             FROM shadow WHERE subject IS NOT NULL) t WHERE turn <> n
         """, "turns are not numbered by positions without a gap, whatever was taken away below them"),
        ("SELECT subject::text FROM shadow WHERE subject IS NOT NULL GROUP BY subject HAVING count(DISTINCT partition) > 1",
            "two partitions"),
        ("SELECT e.position::text FROM ledger.entry e WHERE e.subject NOT IN (SELECT subject FROM ledger.enrolment)", "left over"),
        ($"""
         SELECT s.position::text FROM shadow s JOIN ledger.entry e USING (partition, position)
         WHERE {Living} AND s.day > '{Gone:O}' AND s.kind NOT IN (7, 17)
             AND (e.subject, e.turn, e.kind, e.day, e.key, e.body) IS DISTINCT FROM (s.subject, s.turn, s.kind, s.day, s.key, s.body)
         """, "something was taken from whoever stays"),
        ($"""
         SELECT s.position::text FROM shadow s JOIN ledger.entry e USING (partition, position)
         WHERE {Living} AND s.day <= '{Gone:O}' AND s.kind NOT IN (7, 17) AND (e.body IS NOT NULL OR e.key IS NOT NULL OR e.day IS NOT NULL)
         """, "something past its retention is left"),
        ($"""
         SELECT s.subject::text FROM shadow s JOIN ledger.entry e USING (partition, position) WHERE {Living} AND s.kind IN (7, 17)
         GROUP BY s.subject HAVING bool_and(e.body IS NULL) OR (array_agg(e.body ORDER BY s.turn DESC))[1] IS NULL
         """, "somebody has no consent left"),
        ("SELECT e.position::text FROM ledger.entry e WHERE leaf IS NULL OR leaf NOT IN (SELECT leaf FROM shadow)", "a leaf has changed"),
        ("""
         SELECT position::text FROM (SELECT position, kind, count(*) FILTER (WHERE kind = 12) OVER before
             - count(*) FILTER (WHERE kind = 13) OVER before AS pauses
             FROM shadow WHERE subject IS NOT NULL WINDOW before AS (PARTITION BY subject ORDER BY turn)) t
         WHERE pauses NOT IN (0, 1) OR (pauses = 1 AND kind IN (1, 2))
         """, "a pause is noted twice, or something was taken during one"),
        ("SELECT subject::text FROM ledger.snapshot WHERE subject NOT IN (SELECT subject FROM ledger.enrolment)", "a snapshot is left"),
        ("SELECT subject::text FROM ledger.erasure WHERE subject IS NOT NULL", "an erasure is open"),
        ("""
         SELECT position::text FROM ledger.entry
         WHERE kind = 0 AND (num_nulls(key, day, body) < 3 OR num_nulls(subject, turn) = 1)
         """, "a cleared row says more than a turn"),
    ];
}
