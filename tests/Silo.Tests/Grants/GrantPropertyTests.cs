using CsCheck;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Grants;

/// <summary>Compares grants on a real PostgreSQL with a model of a few lines, and checks them under concurrency.</summary>
public sealed class GrantPropertyTests(PostgresServer server) : IAsyncLifetime
{
    private const int Seed = 20261124;
    private const int Histories = 60;

    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>
    /// A history of one subject: three grants with a number of uses (0 for no limit), and steps of a few concurrent queries each.
    /// </summary>
    private static Gen<(int[] Uses, (int Grant, int Window)[][] Steps)> Any { get; } = Gen.Select(
        Gen.Int[0, 4].Array[3], Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5]).Array[1, 8].Array[1, 6]);

    [Fact]
    public async Task Concurrent_and_sequential_queries_are_accepted_as_a_model_predicts() => await Any.SampleAsync(
        async history =>
        {
            var enrolled = Some.Enrolment(Some.Locators());
            await _stage.PostgresEnrolments.Enrol(enrolled, Cancel);
            NewGrant[] grants = [.. history.Uses.Select(uses => Some.Grant() with { Uses = uses == 0 ? null : uses })];
            foreach (var grant in grants) await _stage.PostgresEnrolments.Grant(enrolled.Locators[0], grant, 8, Cancel);
            var keys = grants.Select(_ => Enumerable.Range(0, 6).Select(_ => Guid.NewGuid()).ToArray()).ToArray();
            HashSet<int>[] answered = [.. grants.Select(_ => new HashSet<int>())];
            foreach (var step in history.Steps)
            {
                var turns = await Task.WhenAll(step.Select(query =>
                    _stage.PostgresLedger.AppendQuery(Some.Query(grants[query.Grant].Hash, keys[query.Grant][query.Window]), Cancel)));
                for (var g = 0; g < grants.Length; g++)
                {
                    var queried = step.Zip(turns).Where(pair => pair.First.Grant == g).GroupBy(pair => pair.First.Window).ToArray();
                    queried.ShouldAllBe(window => window.Select(pair => pair.Second).Distinct().Count() == 1);
                    var accepted = queried.Where(window => window.First().Second is not null).Select(window => window.Key).ToHashSet();
                    accepted.IsSupersetOf(queried.Select(window => window.Key).Where(answered[g].Contains))
                        .ShouldBeTrue("a repeat is answered");
                    var fresh = queried.Count(window => !answered[g].Contains(window.Key));
                    var left = (grants[g].Uses ?? int.MaxValue) - answered[g].Count;
                    accepted.Count(window => !answered[g].Contains(window)).ShouldBe(Math.Min(fresh, left));
                    answered[g].UnionWith(accepted);
                }
            }
            var views = await _stage.PostgresEnrolments.GrantsOf(enrolled.Subject, Cancel);
            foreach (var (grant, windows) in grants.Zip(answered))
                views.Single(view => view.Id == grant.Id).UsesLeft.ShouldBe(grant.Uses - windows.Count);
            (await _stage.PostgresLedger.ReadAccessesBackwards(enrolled.Subject, long.MaxValue, 100, Cancel)).Count
                .ShouldBe(answered.Sum(windows => windows.Count));
        },
        iter: Histories, threads: 2);

    [Fact]
    public async Task Under_concurrency_no_grant_exceeds_its_uses_and_a_revoked_one_accepts_nothing()
    {
        await using var second = _stage.AnotherWriter(new LedgerOptions { LaneCount = 1, FlushRowsMax = 5 });
        await using var third = _stage.AnotherWriter(new LedgerOptions { LaneCount = 4 });
        LedgerStage[] writers = [_stage, second, third];
        var people = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            var enrolled = Some.Enrolment(Some.Locators());
            await _stage.PostgresEnrolments.Enrol(enrolled, Cancel);
            return enrolled;
        }));
        var results = await Task.WhenAll(people.Select((person, i) => QueryAndRevoke(writers, person, new Random(Seed + i))));
        foreach (var writer in writers) writer.Log.ShouldBeEmpty();
        results.Sum(result => result.Refused).ShouldBeGreaterThan(100, "more queries than uses are refused");
        results.Sum(result => result.AfterRevocation).ShouldBe(0);
        (await _stage.Rows<string>("""
            SELECT e.subject || ': ' || e.given || ' ' || count(l.turn) FROM (
                SELECT subject, (convert_from(body, 'UTF8')::json ->> 'grant') AS id,
                    (convert_from(body, 'UTF8')::json ->> 'uses')::integer AS given
                FROM ledger.entry WHERE kind = 10) e
            LEFT JOIN ledger.entry l ON l.subject = e.subject AND l.kind = 2 AND convert_from(l.body, 'UTF8')::json ->> 'grant' = e.id
            GROUP BY e.subject, e.id, e.given HAVING count(l.turn) > e.given
            """)).ShouldBeEmpty("more entries than uses");
        (await _stage.Scalar<long>("""
            SELECT count(*) FROM ledger.entry r JOIN ledger.entry l ON l.subject = r.subject AND l.kind = 2 AND l.turn > r.turn
                AND convert_from(l.body, 'UTF8')::json ->> 'grant' = convert_from(r.body, 'UTF8')::json ->> 'grant'
            WHERE r.kind = 11
            """)).ShouldBe(0, "an entry follows its grant's revocation");
        (await _stage.Scalar<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0);
    }

    /// <summary>Queries each grant of one subject on all writers concurrently while two of three grants are revoked.</summary>
    private static async Task<(int Refused, int AfterRevocation)> QueryAndRevoke(
        LedgerStage[] writers, NewEnrolment enrolled, Random random)
    {
        var refused = 0;
        var after = 0;
        for (var round = 0; round < 12; round++)
        {
            var uses = random.Next(1, 12);
            var grant = Some.Grant();
            grant = grant with { Uses = uses, Entry = grant.Entry with { Body = Body($"{{\"grant\":\"{grant.Id}\",\"uses\":{uses}}}") } };
            await writers[0].PostgresEnrolments.Grant(enrolled.Locators[0], grant, 64, Cancel);
            Guid[] keys = [.. Enumerable.Range(0, 16).Select(_ => Guid.NewGuid())];
            var writer = writers[random.Next(3)];
            var revoking = round % 3 == 0 ? null : writer.PostgresEnrolments.Revoke(
                enrolled.Locators[0], grant.Id,
                Some.Entry(EntryKind.GrantRevoked) with { Body = Body($"{{\"grant\":\"{grant.Id}\"}}") }, Cancel);
            var queries = Enumerable.Range(0, 32).Select(i =>
                writers[i % 3].PostgresLedger.AppendQuery(Some.Query(grant.Hash, keys[i % keys.Length]), Cancel)).ToArray();
            if (revoking is not null)
            {
                (await revoking).ShouldBeTrue();
                after += (await Task.WhenAll(keys.Select((key, i) =>
                    writers[i % 3].PostgresLedger.AppendQuery(Some.Query(grant.Hash, key), Cancel)))).Count(turn => turn is not null);
            }
            refused += (await Task.WhenAll(queries)).Count(turn => turn is null);
        }
        return (refused, after);
    }

    private static byte[] Body(string json) => System.Text.Encoding.UTF8.GetBytes(json);
}
