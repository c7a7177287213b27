using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Contests;

/// <summary>Concurrent contests, decisions, accesses, events, queries and withdrawals from three writers.</summary>
public sealed class ContestConcurrencyTests(PostgresServer server)
{
    private const int Seed = 20261124;
    private const int Actors = 9;
    private const int StepsEach = 300;
    private static readonly DateOnly Due = Some.Day.AddDays(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_contests_and_decisions_judge_each_event_once_and_leave_nothing_of_withdrawn_subjects()
    {
        await using var first = await LedgerStage.Open(server);
        await using var second = first.AnotherWriter(new LedgerOptions { LaneCount = 1, FlushRowsMax = 7 });
        await using var third = first.AnotherWriter(new LedgerOptions { LaneCount = 4 });
        var writers = new[] { first, second, third };
        var participants = Enumerable.Range(0, 16);
        var city = new City([.. participants.Select(_ => Some.Locators(1))], [.. participants.Select(_ => Some.Hash())]);
        var actors = Enumerable.Range(0, Actors).Select(i => new Actor(writers[i % 3], i, city)).ToArray();
        await Task.WhenAll(actors.Select(actor => Task.Run(actor.Run)));

        foreach (var writer in writers) writer.Log.ShouldBeEmpty();
        var decided = actors.Sum(actor => actor.Decided);
        actors.Sum(actor => actor.Opened).ShouldBeGreaterThan(100);
        decided.ShouldBeGreaterThan(50);
        actors.Sum(actor => actor.Withdrawn).ShouldBeGreaterThan(20);
        actors.Sum(actor => actor.Queried).ShouldBeGreaterThan(20);
        (await first.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(decided, "each decision is one public act");
        (await first.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 16")).ShouldBe(decided);
        await ShouldAgree(first);
        await ShouldHaveNoGap(first);
        await LeafAssertions.Check(first);
    }

    /// <summary>The rows and the entries of enrolled subjects agree.</summary>
    private static async Task ShouldAgree(LedgerStage stage)
    {
        (await stage.Rows<string>("""
            SELECT c.id FROM ledger.contest c WHERE
                (SELECT count(*) FROM ledger.entry e WHERE e.subject = c.subject AND e.kind = 5
                    AND (convert_from(e.body, 'UTF8')::json ->> 'turn')::bigint = c.turn) <> 1
                OR (SELECT count(*) FROM ledger.entry e WHERE e.subject = c.subject AND e.kind = 18
                    AND (convert_from(e.body, 'UTF8')::json ->> 'turn')::bigint = c.turn) <> cardinality(c.grounds) - 1
                OR (SELECT count(*) FROM ledger.entry e WHERE e.subject = c.subject AND e.kind = 6
                    AND (convert_from(e.body, 'UTF8')::json ->> 'turn')::bigint = c.turn) <> (c.upheld IS NOT NULL)::integer
                OR (SELECT count(*) FROM ledger.entry e WHERE e.subject = c.subject AND e.kind = 4
                    AND (convert_from(e.body, 'UTF8')::json ->> 'turn')::bigint = c.turn) <> coalesce(c.upheld, false)::integer
                OR (SELECT count(*) FROM ledger.entry e
                    WHERE e.subject = c.subject AND e.kind = 1 AND e.turn = c.turn AND e.key = c.event_key) <> 1
            """)).ShouldBeEmpty("a contest and its entries differ");
        (await stage.Scalar<long>("""
            SELECT count(*) FROM ledger.entry e WHERE e.kind IN (4, 5, 6, 18) AND NOT EXISTS (
                SELECT FROM ledger.contest c
                WHERE c.subject = e.subject AND c.turn = (convert_from(e.body, 'UTF8')::json ->> 'turn')::bigint)
            """)).ShouldBe(0, "an entry without its contest");
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.contest WHERE upheld IS NOT NULL")).ShouldBeGreaterThan(0);
        (await stage.Scalar<long>("""
            SELECT count(*) FROM ledger.entry e
            JOIN ledger.contest c ON c.subject = e.subject AND c.turn = (convert_from(e.body, 'UTF8')::json ->> 'turn')::bigint
            WHERE e.kind = 6 AND NOT c.upheld AND e.day > c.due
            """)).ShouldBe(0, "a rejection came too late");
    }

    private static async Task ShouldHaveNoGap(LedgerStage stage)
    {
        (await stage.Rows<short>("""
            SELECT h.partition FROM ledger.head h LEFT JOIN ledger.entry e USING (partition)
            GROUP BY h.partition, h.position HAVING h.position <> count(e.position) OR h.position <> coalesce(max(e.position), 0)
            """)).ShouldBeEmpty("positions have a gap");
        (await stage.Rows<long>("""
            SELECT subject FROM ledger.entry WHERE subject IS NOT NULL
            GROUP BY subject HAVING count(*) <> max(turn) OR min(turn) <> 1 OR count(DISTINCT key) <> count(*)
            """)).ShouldBeEmpty("turns have a gap or a key is stored twice");
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE subject NOT IN (SELECT subject FROM ledger.enrolment)"))
            .ShouldBe(0, "an entry follows a withdrawal");
        (await stage.Scalar<long>(
            "SELECT count(*) FROM ledger.entry WHERE kind = 0 AND num_nulls(subject, turn, key, day, body) < 5")).ShouldBe(0);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.act a WHERE a.number > (SELECT count(*) FROM ledger.act)")).ShouldBe(0);
        (await stage.Scalar<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0);
    }

    /// <summary>What all actors share: locators, handles, grants, event keys and known cases.</summary>
    private sealed class City(byte[][][] locators, byte[][] handles)
    {
        private readonly string[] _cases = [.. Enumerable.Range(0, 24).Select(_ => ContestStageExtensions.Case())];

        public byte[][][] Locators => locators;

        public byte[][] Handles => handles;

        public byte[][] Grants { get; } = [.. Enumerable.Range(0, 12).Select(_ => Some.Hash())];

        public Guid[] Keys { get; } = [.. Enumerable.Range(0, 50).Select(_ => Guid.NewGuid())];

        public void Add(string caseId, Random random) => Volatile.Write(ref _cases[random.Next(_cases.Length)], caseId);

        public string Pick(Random random) => Volatile.Read(ref _cases[random.Next(_cases.Length)]);
    }

    /// <summary>Makes random calls on one writer and counts those that took effect.</summary>
    private sealed class Actor(LedgerStage stage, int number, City city)
    {
        private readonly Random _random = new(Seed + number);

        public int Opened { get; private set; }

        public int Decided { get; private set; }

        public int Withdrawn { get; private set; }

        public int Queried { get; private set; }

        public async Task Run()
        {
            for (var step = 0; step < StepsEach; step++)
            {
                var participant = _random.Next(city.Locators.Length);
                await Call(_random.Next(18), step, participant, city.Locators[participant][0]);
            }
        }

        private Task Call(int choice, int step, int participant, byte[] locator) => choice switch
        {
            0 or 1 => Enrol(step, participant),
            2 or 3 or 4 or 5 => Open(locator),
            6 => stage.AddMaterial(locator, city.Pick(_random), Ground(), Some.Day.AddDays(_random.Next(40))),
            7 or 8 => Judge(),
            9 => UpholdOrSend(),
            10 => stage.AppendAccess(city.Pick(_random)),
            11 when _random.Next(3) == 0 => WithdrawOrSend(locator),
            12 when _random.Next(4) == 0 => stage.Contests.ForgetGone(Cancel),
            16 => GrantOrSend(locator),
            17 => Query(),
            _ => Send(),
        };

        private async Task Enrol(int step, int participant)
        {
            try
            {
                var proof = Some.Handle(city.Handles[participant], Some.Start.AddSeconds(number + (step * 100)));
                await stage.PostgresEnrolments.Enrol(Some.Enrolment(city.Locators[participant], proof), Cancel);
            }
            catch (Enrolments.HandleProofReplayedException)
            {
                // The proof of another actor was newer, so the refusal is correct.
            }
        }

        /// <summary>Few turns, so that several actors contest the same event at the same time.</summary>
        private async Task Open(byte[] locator)
        {
            if (await stage.Open(locator, _random.Next(2, 8), Ground()) is not { Contest: { } contest }) return;
            Opened++;
            city.Add(contest.Case, _random);
        }

        private async Task Judge()
        {
            var day = Some.Day.AddDays(_random.Next(40));
            var administrator = $"administrator-{_random.Next(2)}";
            if (await stage.Judge(city.Pick(_random), _random.Next(2) == 0, day, administrator) is { Step: not null }) Decided++;
        }

        private async Task UpholdOrSend()
        {
            if (await stage.Uphold(city.Pick(_random), Due.AddDays(_random.Next(-5, 20))) is { Step: not null }) Decided++;
            else await Send();
        }

        private async Task WithdrawOrSend(byte[] locator)
        {
            if (await stage.PostgresEnrolments.Withdraw(locator, Some.Day, Some.Request, Cancel) is not null) Withdrawn++;
            else await Send();
        }

        private async Task GrantOrSend(byte[] locator)
        {
            var grant = Some.Grant();
            if (await stage.PostgresEnrolments.Grant(locator, grant, 4, Cancel)) city.Grants[_random.Next(city.Grants.Length)] = grant.Hash;
            else await Send();
        }

        private async Task Query()
        {
            var key = city.Keys[_random.Next(city.Keys.Length)];
            var grant = city.Grants[_random.Next(city.Grants.Length)];
            if (await stage.PostgresLedger.AppendQuery(Some.Query(grant, key), Cancel) is not null) Queried++;
        }

        private Task Send()
        {
            var events = Enumerable.Range(0, 6)
                .Select(_ => Some.Event(city.Handles[_random.Next(city.Handles.Length)], city.Keys[_random.Next(50)]));
            return stage.PostgresLedger.AppendEvents([.. events], Cancel);
        }

        private ContestGround Ground() => (ContestGround)_random.Next(1, 7);
    }
}
