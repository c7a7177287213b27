using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Contests;

/// <summary>Contests, decisions, looks and the platform's own word beside events, questions and withdrawals, from three writers.</summary>
public sealed class ContestStormTests(PostgresServer server)
{
    private const int Seed = 20261124;
    private const int Actors = 9;
    private const int StepsEach = 300;
    private static readonly DateOnly Due = Some.Day.AddDays(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Contests_and_decisions_beside_everything_else_leave_each_event_judged_once_and_nothing_of_who_left()
    {
        await using var first = await LedgerStage.Open(server);
        await using var second = first.Beside(new LedgerOptions { LaneCount = 1, FlushRowsMax = 7 });
        await using var third = first.Beside(new LedgerOptions { LaneCount = 4 });
        var writers = new[] { first, second, third };
        var people = Enumerable.Range(0, 16);
        var city = new City([.. people.Select(_ => Some.Locators(1))], [.. people.Select(_ => Some.Hash())]);
        var told = await Task.WhenAll(Enumerable.Range(0, Actors).Select(i => Task.Run(() => Act(writers[i % 3], i, city))));

        foreach (var writer in writers) writer.Log.ShouldBeEmpty();
        var (opened, decided, left) = (told.Sum(t => t.Opened), told.Sum(t => t.Decided), told.Sum(t => t.Left));
        opened.ShouldBeGreaterThan(100);
        decided.ShouldBeGreaterThan(50);
        left.ShouldBeGreaterThan(20);
        told.Sum(t => t.Asked).ShouldBeGreaterThan(20);
        (await first.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(decided, "each decision is one public act");
        (await first.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 16")).ShouldBe(decided);
        await ShouldHoldTogether(first);
        await ShouldHaveNoHole(first);
        await Leaves.Check(first);
    }

    /// <summary>Rows and entries say the same, for those who are still there.</summary>
    private static async Task ShouldHoldTogether(LedgerStage stage)
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

    private static async Task ShouldHaveNoHole(LedgerStage stage)
    {
        (await stage.Rows<short>("""
            SELECT h.partition FROM ledger.head h LEFT JOIN ledger.entry e USING (partition)
            GROUP BY h.partition, h.position HAVING h.position <> count(e.position) OR h.position <> coalesce(max(e.position), 0)
            """)).ShouldBeEmpty("positions have a gap");
        (await stage.Rows<long>("""
            SELECT subject FROM ledger.entry WHERE subject IS NOT NULL
            GROUP BY subject HAVING count(*) <> max(turn) OR min(turn) <> 1 OR count(DISTINCT key) <> count(*)
            """)).ShouldBeEmpty("turns have a gap or a key stands twice");
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE subject NOT IN (SELECT subject FROM ledger.enrolment)"))
            .ShouldBe(0, "an entry stands behind a withdrawal");
        (await stage.Scalar<long>(
            "SELECT count(*) FROM ledger.entry WHERE kind = 0 AND num_nulls(subject, turn, key, day, body) < 5")).ShouldBe(0);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.act a WHERE a.number > (SELECT count(*) FROM ledger.act)")).ShouldBe(0);
        (await stage.Scalar<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0);
    }

    private static async Task<(int Opened, int Decided, int Left, int Asked)> Act(LedgerStage stage, int number, City city)
    {
        var random = new Random(Seed + number);
        var (opened, decided, left, asked) = (0, 0, 0, 0);
        for (var i = 0; i < StepsEach; i++)
        {
            var person = random.Next(city.Locators.Length);
            var locator = city.Locators[person][0];
            switch (random.Next(18))
            {
                case 0 or 1:
                    try
                    {
                        var proof = Some.Handle(city.Handles[person], Some.Start.AddSeconds(number + (i * 100)));
                        await stage.PostgresEnrolments.Enrol(Some.Enrolment(city.Locators[person], proof), Cancel);
                    }
                    catch (Enrolments.HandleProofReplayedException)
                    {
                        // Another actor's proof was newer: as it should be.
                    }
                    break;
                case 2 or 3 or 4 or 5:
                    // Few turns, so that several contest the same event at once.
                    if (await stage.Open(locator, random.Next(2, 8), Ground(random)) is { Contest: { } contest })
                    {
                        opened++;
                        city.Note(contest.Case, random);
                    }
                    break;
                case 6:
                    await stage.AddMaterial(locator, city.Pick(random), Ground(random), Some.Day.AddDays(random.Next(40)));
                    break;
                case 7 or 8:
                    var (day, who) = (Some.Day.AddDays(random.Next(40)), $"administrator-{random.Next(2)}");
                    if (await stage.Judge(city.Pick(random), random.Next(2) == 0, day, who) is { Step: not null }) decided++;
                    break;
                case 9 when await stage.Uphold(city.Pick(random), Due.AddDays(random.Next(-5, 20))) is { Step: not null }:
                    decided++;
                    break;
                case 10:
                    await stage.Look(city.Pick(random));
                    break;
                case 11 when random.Next(3) == 0
                    && await stage.PostgresEnrolments.Withdraw(locator, Some.Day, Some.Request, Cancel) is not null:
                    left++;
                    break;
                case 16 when Some.Grant() is var grant && await stage.PostgresEnrolments.Grant(locator, grant, 4, Cancel):
                    city.Grants[random.Next(city.Grants.Length)] = grant.Hash;
                    break;
                case 17:
                    var key = city.Keys[random.Next(city.Keys.Length)];
                    if (await stage.PostgresLedger.AppendQuery(
                        Some.Query(city.Grants[random.Next(city.Grants.Length)], key), Cancel) is not null) asked++;
                    break;
                case 12 when random.Next(4) == 0:
                    await stage.Contests.ForgetGone(Cancel);
                    break;
                default:
                    var events = Enumerable.Range(0, 6)
                        .Select(_ => Some.Event(city.Handles[random.Next(city.Handles.Length)], city.Keys[random.Next(50)]));
                    await stage.PostgresLedger.AppendEvents([.. events], Cancel);
                    break;
            }
        }
        return (opened, decided, left, asked);
    }

    private static ContestGround Ground(Random random) => (ContestGround)random.Next(1, 7);

    /// <summary>Who there is, and the cases that everybody knows of.</summary>
    private sealed class City(byte[][][] locators, byte[][] handles)
    {
        private readonly string[] cases = [.. Enumerable.Range(0, 24).Select(_ => Disputes.Case())];

        public byte[][][] Locators => locators;

        public byte[][] Handles => handles;

        public byte[][] Grants { get; } = [.. Enumerable.Range(0, 12).Select(_ => Some.Hash())];

        public Guid[] Keys { get; } = [.. Enumerable.Range(0, 50).Select(_ => Guid.NewGuid())];

        public void Note(string caseId, Random random) => Volatile.Write(ref cases[random.Next(cases.Length)], caseId);

        public string Pick(Random random) => Volatile.Read(ref cases[random.Next(cases.Length)]);
    }
}
