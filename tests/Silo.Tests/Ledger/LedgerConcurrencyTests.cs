using Scoring.Enrolments;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>Concurrent calls of every kind from several writers. Afterwards the tables must keep every invariant.</summary>
public sealed class LedgerConcurrencyTests(PostgresServer server)
{
    private const int Seed = 20261123;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_appends_repeats_moves_grants_restrictions_queries_and_withdrawals_keep_every_promise()
    {
        const int bySqlAlone = 0;
        await using var first = await LedgerStage.Open(server);
        await using var second = first.AnotherWriter(new LedgerOptions { LaneCount = 1, FlushRowsMax = 7, RememberedHandlesMax = 9 });
        await using var third = first.AnotherWriter(new LedgerOptions { LaneCount = 4, RememberedHandlesMax = bySqlAlone });
        var writers = new[] { first, second, third };
        byte[][] handles = [.. Enumerable.Range(0, 24).Select(_ => Some.Hash())];
        Guid[] keys = [.. Enumerable.Range(0, 400).Select(_ => Guid.NewGuid())];
        var actors = Enumerable.Range(0, 9).Select(i => new Actor(writers[i % 3], i, handles, keys)).ToArray();
        var running = Task.WhenAll(actors.Select(actor => Task.Run(actor.Run)));
        await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var writer in writers) writer.Log.ShouldBeEmpty();
        await running;
        var subjects = actors.Sum(actor => actor.WithdrawnSubjects);
        subjects.ShouldBeGreaterThan(50);

        await ShouldHaveNoGap(first);
        await ShouldHaveStoppedRestricted(first);
        await ShouldHaveErased(first, subjects, actors.Sum(actor => actor.WithdrawnEntries));
        (await first.Scalar<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0);
        await LeafAssertions.Check(first);
    }

    private static async Task ShouldHaveNoGap(LedgerStage stage)
    {
        (await stage.Rows<string>("""
            SELECT h.partition || ': ' || h.position || ' ' || count(e.position) || ' ' || coalesce(max(e.position), 0)
            FROM ledger.head h LEFT JOIN ledger.entry e USING (partition)
            GROUP BY h.partition, h.position HAVING h.position <> count(e.position) OR h.position <> coalesce(max(e.position), 0)
            """)).ShouldBeEmpty("positions have a gap");
        (await stage.Rows<long>("""
            SELECT subject FROM ledger.entry WHERE subject IS NOT NULL
            GROUP BY subject
            HAVING count(*) <> max(turn) OR min(turn) <> 1 OR count(DISTINCT partition) <> 1 OR count(DISTINCT key) <> count(*)
            """)).ShouldBeEmpty("turns have a gap or a key is stored twice");
        (await stage.Rows<long>("""
            SELECT position FROM (SELECT position, turn, lag(turn) OVER (PARTITION BY subject ORDER BY position) AS last
                FROM ledger.entry WHERE subject IS NOT NULL) t WHERE turn <> coalesce(last, 0) + 1
            """)).ShouldBeEmpty("turns do not follow positions");
    }

    private static async Task ShouldHaveStoppedRestricted(LedgerStage stage)
    {
        (await stage.Rows<long>("""
            SELECT position FROM (SELECT position, kind, count(*) FILTER (WHERE kind = 12) OVER before
                - count(*) FILTER (WHERE kind = 13) OVER before AS pauses
                FROM ledger.entry WHERE subject IS NOT NULL WINDOW before AS (PARTITION BY subject ORDER BY turn)) t
            WHERE pauses NOT IN (0, 1) OR (pauses = 1 AND kind IN (1, 2))
            """)).ShouldBeEmpty("a restriction is noted twice, or an entry was taken during one");
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 12")).ShouldBeGreaterThan(0);
    }

    private static async Task ShouldHaveErased(LedgerStage stage, int subjects, long entries)
    {
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE subject NOT IN (SELECT subject FROM ledger.enrolment)"))
            .ShouldBe(0, "an entry follows a withdrawal");
        (await stage.Scalar<long>(
            "SELECT count(*) FROM ledger.entry WHERE kind = 0 AND num_nulls(subject, turn, key, day, body) < 5")).ShouldBe(0);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 0")).ShouldBe(entries);
        (await stage.Scalar<long>(
            "SELECT sum((convert_from(body, 'UTF8')::json ->> 'entries')::bigint)::bigint FROM ledger.entry WHERE kind = 14"))
            .ShouldBe(entries);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 14")).ShouldBe(subjects);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.erasure WHERE subject IS NOT NULL")).ShouldBe(0);
    }

    /// <summary>A participant with four locators who makes random calls on one writer.</summary>
    private sealed class Actor(LedgerStage stage, int number, byte[][] handles, Guid[] keys)
    {
        private readonly PostgresLedger _ledger = stage.PostgresLedger;
        private readonly PostgresEnrolments _enrolments = stage.PostgresEnrolments;
        private readonly Random _random = new(Seed + number);
        private readonly byte[][] _locators = Some.Locators(4);
        private readonly List<NewGrant> _grants = [];

        public int WithdrawnSubjects { get; private set; }

        public long WithdrawnEntries { get; private set; }

        public async Task Run()
        {
            for (var step = 0; step < 150; step++)
            {
                var locator = _locators[_random.Next(4)];
                try
                {
                    await Call(_random.Next(15), step, locator);
                }
                catch (HandleProofReplayedException)
                {
                    // The proof of another actor was newer, so the refusal is correct.
                }
            }
        }

        private Task Call(int choice, int step, byte[] locator) => choice switch
        {
            0 or 1 or 11 => Enrol(step),
            2 => Grant(locator),
            3 when _grants.Count > 0 => Revoke(locator),
            4 or 10 => WithdrawOrSend(locator),
            5 or 6 when _grants.Count > 0 => Query(),
            12 => Restrict(locator, step % 3 == 0),
            13 => Link(locator, step),
            14 => UnlinkOrSend(locator),
            _ => Send(),
        };

        private Task Enrol(int step)
        {
            var moved = handles.OrderBy(_ => _random.Next()).Take(_random.Next(4)).Select(hash => Some.Handle(hash, ProofTime(step)));
            return _enrolments.Enrol(Some.Enrolment(_locators, [.. moved]), Cancel);
        }

        private async Task Grant(byte[] locator)
        {
            var grant = Some.Grant();
            if (await _enrolments.Grant(locator, grant, 8, Cancel)) _grants.Add(grant);
        }

        private Task Revoke(byte[] locator) =>
            _enrolments.Revoke(locator, _grants[_random.Next(_grants.Count)].Id, Some.Entry(EntryKind.GrantRevoked), Cancel);

        private async Task WithdrawOrSend(byte[] locator)
        {
            if (await _enrolments.Withdraw(locator, Some.Day, Some.Request, Cancel) is { } withdrawn)
            {
                WithdrawnSubjects++;
                WithdrawnEntries += withdrawn.Entries;
            }
            else
            {
                await Send();
            }
        }

        private Task Query() =>
            _ledger.AppendQuery(Some.Query(_grants[_random.Next(_grants.Count)].Hash, keys[_random.Next(20)]), Cancel);

        private Task Restrict(byte[] locator, bool restricted) => _enrolments.Restrict(
            locator, restricted, Some.Entry(restricted ? EntryKind.Restricted : EntryKind.RestrictionLifted), Cancel);

        private Task Link(byte[] locator, int step)
        {
            var linked = handles.OrderBy(_ => _random.Next()).Take(2).Select(hash => Some.Handle(hash, ProofTime(step)));
            return _enrolments.Link(locator, new([.. linked], Some.Start, Some.Day), 3, Cancel);
        }

        private async Task UnlinkOrSend(byte[] locator)
        {
            if (await _enrolments.Find(locator, Cancel) is { } found)
            {
                foreach (var linked in (await _enrolments.HandlesOf(found.Subject, Cancel)).Take(1))
                    await _enrolments.Unlink(locator, linked.Id, Some.Day, Cancel);
            }
            else
            {
                await Send();
            }
        }

        private Task Send()
        {
            var events = Enumerable.Range(0, 20)
                .Select(_ => Some.Event(handles[_random.Next(handles.Length)], keys[_random.Next(keys.Length)]));
            return _ledger.AppendEvents([.. events], Cancel);
        }

        private DateTimeOffset ProofTime(int step) => Some.Start.AddSeconds(number + (step * 100));
    }
}
