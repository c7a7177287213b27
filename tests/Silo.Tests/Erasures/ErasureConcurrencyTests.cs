using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Retention;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>
/// Concurrent erasures and appends from several writers. A trigger copies every inserted row to a shadow table, so that the test finds
/// every row that is missing or left over.
/// </summary>
public sealed class ErasureConcurrencyTests(PostgresServer server) : IDisposable
{
    private const int Seed = 20261124;
    private const int Actors = 9;
    private const int Steps = 120;

    private static readonly DateOnly LastExpired = Some.Day.AddDays(-1);

    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-erasures-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Withdrawals_moves_pauses_revocations_renewals_and_expiry_leave_nothing_over_and_take_nothing_else()
    {
        await using var first = await LedgerStage.Open(server, erasures: _folder);
        await CreateShadow(first);
        await using var second = first.AnotherWriter(new LedgerOptions { LaneCount = 1, FlushRowsMax = 7 });
        await using var third = first.AnotherWriter(new LedgerOptions { LaneCount = 4 });
        var writers = new[] { first, second, third };
        byte[][] handles = [.. Enumerable.Range(0, 24).Select(_ => Some.Hash())];
        Guid[] keys = [.. Enumerable.Range(0, 400).Select(_ => Guid.NewGuid())];
        var actors = Enumerable.Range(0, Actors).Select(i => new Actor(writers[i % 3], i, handles, keys)).ToArray();
        var running = Task.WhenAll(actors.Select(actor => Task.Run(actor.Run)));
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            // One statement sees one snapshot: at every moment each missing body is declared.
            while (!stop.IsCancellationRequested) (await first.Scalar<bool>(Declared)).ShouldBeTrue("a body is missing undeclared");
        });
        await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await stop.CancelAsync();
        foreach (var writer in writers) writer.Log.ShouldBeEmpty();
        await running;
        await watch;
        await first.Finisher.FinishOpen(forget: true, Cancel);
        var expired = actors.Sum(actor => actor.Expired) + (await first.Expirer.Run([Due], long.MaxValue, Cancel)).Cleared;
        var withdrawn = actors.Sum(actor => actor.Withdrawn);
        withdrawn.ShouldBeGreaterThan(50);
        expired.ShouldBeGreaterThan(200);

        await first.ShouldBeConserved();
        await LeafAssertions.Check(first);
        foreach (var (sql, violation) in Invariants) (await first.Rows<string>(sql)).ShouldBeEmpty(violation);
        var (count, has) = first.Erasures.Read();
        count.ShouldBeGreaterThanOrEqualTo(withdrawn);
        var enrolled = (await first.Rows<long>("SELECT subject FROM ledger.enrolment")).ToHashSet();
        foreach (var subject in await first.Rows<long>("SELECT DISTINCT subject FROM shadow WHERE subject IS NOT NULL"))
            has(new(subject)).ShouldBe(!enrolled.Contains(subject));
        (await first.Scalar<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0);
    }

    /// <summary>Copies every row of the ledger to the table <c>shadow</c>, now and at each insert.</summary>
    private static Task CreateShadow(LedgerStage stage) => stage.Execute("""
        CREATE TABLE shadow AS SELECT * FROM ledger.entry;
        CREATE FUNCTION shadow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO shadow VALUES (NEW.*); RETURN NULL; END $$;
        CREATE TRIGGER shadow AFTER INSERT ON ledger.entry FOR EACH ROW EXECUTE FUNCTION shadow();
        """);

    private static DueDays Due => new(Some.Programme, LastExpired, 5, Some.Day);

    private const string Declared = """
        SELECT (SELECT count(*) FROM ledger.entry WHERE body IS NULL)
            = coalesce((SELECT sum((convert_from(body, 'UTF8')::json ->> 'entries')::bigint) FROM ledger.entry WHERE kind IN (14, 19)), 0)
            - (SELECT count(*) FROM ledger.entry e JOIN ledger.erasure l ON l.subject = e.subject WHERE e.body IS NOT NULL)
        """;

    private const string IsEnrolled = "s.subject IN (SELECT subject FROM ledger.enrolment)";

    private static readonly (string Sql, string Violation)[] Invariants =
    [
        ("""
         SELECT subject::text FROM (SELECT subject, turn, row_number() OVER (PARTITION BY subject ORDER BY position) AS n
             FROM shadow WHERE subject IS NOT NULL) t WHERE turn <> n
         """, "turns have a gap in the order of positions"),
        ("SELECT subject::text FROM shadow WHERE subject IS NOT NULL GROUP BY subject HAVING count(DISTINCT partition) > 1",
            "a subject is in two partitions"),
        ("SELECT e.position::text FROM ledger.entry e WHERE e.subject NOT IN (SELECT subject FROM ledger.enrolment)",
            "an entry of a withdrawn subject is left"),
        ($"""
         SELECT s.position::text FROM shadow s JOIN ledger.entry e USING (partition, position)
         WHERE {IsEnrolled} AND s.day > '{LastExpired:O}' AND s.kind NOT IN (7, 17)
             AND (e.subject, e.turn, e.kind, e.day, e.key, e.body) IS DISTINCT FROM (s.subject, s.turn, s.kind, s.day, s.key, s.body)
         """, "an entry of an enrolled subject has changed"),
        ($"""
         SELECT s.position::text FROM shadow s JOIN ledger.entry e USING (partition, position)
         WHERE {IsEnrolled} AND s.day <= '{LastExpired:O}' AND s.kind NOT IN (7, 17)
             AND (e.body IS NOT NULL OR e.key IS NOT NULL OR e.day IS NOT NULL)
         """, "an entry past its retention is left"),
        ($"""
         SELECT s.subject::text FROM shadow s JOIN ledger.entry e USING (partition, position) WHERE {IsEnrolled} AND s.kind IN (7, 17)
         GROUP BY s.subject HAVING bool_and(e.body IS NULL) OR (array_agg(e.body ORDER BY s.turn DESC))[1] IS NULL
         """, "an enrolled subject has no consent left"),
        ("SELECT e.position::text FROM ledger.entry e WHERE leaf IS NULL OR leaf NOT IN (SELECT leaf FROM shadow)", "a leaf has changed"),
        ("""
         SELECT position::text FROM (SELECT position, kind, count(*) FILTER (WHERE kind = 12) OVER before
             - count(*) FILTER (WHERE kind = 13) OVER before AS pauses
             FROM shadow WHERE subject IS NOT NULL WINDOW before AS (PARTITION BY subject ORDER BY turn)) t
         WHERE pauses NOT IN (0, 1) OR (pauses = 1 AND kind IN (1, 2))
         """, "a restriction is noted twice, or an entry was taken during one"),
        ("SELECT subject::text FROM ledger.snapshot WHERE subject NOT IN (SELECT subject FROM ledger.enrolment)", "a snapshot is left"),
        ("SELECT subject::text FROM ledger.erasure WHERE subject IS NOT NULL", "an erasure is open"),
        ("""
         SELECT position::text FROM ledger.entry
         WHERE kind = 0 AND (num_nulls(key, day, body) < 3 OR num_nulls(subject, turn) = 1)
         """, "a cleared row holds more than a turn"),
    ];

    /// <summary>A participant with four locators who makes random calls on one writer.</summary>
    private sealed class Actor(LedgerStage stage, int number, byte[][] handles, Guid[] keys)
    {
        private readonly PostgresLedger _ledger = stage.PostgresLedger;
        private readonly PostgresEnrolments _enrolments = stage.PostgresEnrolments;
        private readonly Random _random = new(Seed + number);
        private readonly byte[][] _locators = Some.Locators(4);
        private readonly List<NewGrant> _grants = [];

        public int Withdrawn { get; private set; }

        public long Expired { get; private set; }

        public async Task Run()
        {
            for (var step = 0; step < Steps; step++)
            {
                var locator = _locators[_random.Next(4)];
                try
                {
                    await Call(_random.Next(18), step, locator, Some.Start.AddSeconds(number + (step * 100)));
                }
                catch (HandleProofReplayedException)
                {
                    // The proof of another actor was newer, so the refusal is correct.
                }
            }
        }

        private Task Call(int choice, int step, byte[] locator, DateTimeOffset proof) => choice switch
        {
            0 or 1 or 2 => Enrol(proof),
            3 => Grant(locator),
            4 when _grants.Count > 0 => Revoke(locator),
            5 => _enrolments.Link(locator, new([Some.Handle(handles[_random.Next(24)], proof)], Some.Start, Some.Day), 3, Cancel),
            6 => Restrict(locator, step % 3 == 0),
            7 => RenewConsent(locator),
            8 or 9 => WithdrawOrSend(locator),
            10 => FenceOrSend(locator),
            11 => Expire(),
            12 => WriteSnapshotOrSend(locator, step),
            13 or 14 when _grants.Count > 0 => Query(),
            _ => Send(),
        };

        private Task Enrol(DateTimeOffset proof)
        {
            var linked = handles.OrderBy(_ => _random.Next()).Take(_random.Next(4)).Select(hash => Some.Handle(hash, proof));
            return _enrolments.Enrol(Some.Enrolment(_locators, [.. linked]), Cancel);
        }

        private async Task Grant(byte[] locator)
        {
            var grant = Some.Grant();
            if (await _enrolments.Grant(locator, grant, 8, Cancel)) _grants.Add(grant);
        }

        private Task Revoke(byte[] locator) =>
            _enrolments.Revoke(locator, _grants[_random.Next(_grants.Count)].Id, Some.Entry(EntryKind.GrantRevoked), Cancel);

        private Task Restrict(byte[] locator, bool restricted) => _enrolments.Restrict(
            locator, restricted, Some.Entry(restricted ? EntryKind.Restricted : EntryKind.RestrictionLifted), Cancel);

        private Task RenewConsent(byte[] locator) => _enrolments.RenewConsent(
            locator, new string('b', 64), 1 + _random.Next(5),
            Some.Entry(EntryKind.ConsentRenewed) with { Day = Some.Day.AddDays(_random.Next(-3, 2)) }, Cancel);

        private async Task WithdrawOrSend(byte[] locator)
        {
            if (await _enrolments.Withdraw(locator, Some.Day, Some.Request, Cancel) is not null) Withdrawn++;
            else await Send();
        }

        /// <summary>Stops a withdrawal after its fence, as a crash does. A later call finishes it.</summary>
        private async Task FenceOrSend(byte[] locator)
        {
            if (await stage.Withdrawals.Fence(locator, Some.Day, SomeCause.Asked, Cancel) is not null) Withdrawn++;
            else await Send();
        }

        /// <summary>Expires what is due and moves the reached days back, so that the next run reads every row again.</summary>
        private async Task Expire()
        {
            Expired += (await stage.Expirer.Run([Due], long.MaxValue, Cancel)).Cleared;
            // In one order, because several actors expire at the same time.
            await stage.Execute("""
                UPDATE ledger.expiry e SET day = e.day - 1
                FROM (SELECT partition, programme FROM ledger.expiry ORDER BY partition, programme FOR UPDATE) o
                WHERE e.partition = o.partition AND e.programme = o.programme AND e.reached IS NULL
                """);
        }

        private async Task WriteSnapshotOrSend(byte[] locator, int turn)
        {
            if (await _enrolments.Find(locator, Cancel) is { } found)
            {
                var snapshot = new Snapshot(turn, "ab", 1, [1]) { Oldest = Some.Day.AddDays(_random.Next(-2, 2)) };
                await _ledger.WriteSnapshot(found.Subject, snapshot, Cancel);
            }
            else
            {
                await Send();
            }
        }

        private Task Query()
        {
            var grant = _grants[_random.Next(_grants.Count)].Hash;
            var key = keys[_random.Next(20)];
            return _ledger.AppendQuery(Some.Query(grant, key, day: Some.Day.AddDays(_random.Next(-3, 1))), Cancel);
        }

        private Task Send()
        {
            var events = Enumerable.Range(0, 12).Select(_ => Some.Event(handles[_random.Next(24)], keys[_random.Next(400)])
                with { Day = Some.Day.AddDays(_random.Next(-6, 2)) });
            return _ledger.AppendEvents([.. events], Cancel);
        }
    }
}
