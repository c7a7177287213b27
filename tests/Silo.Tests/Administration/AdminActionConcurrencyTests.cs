using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Concurrent administrators on several silos while events are appended.</summary>
public sealed class AdminActionConcurrencyTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_concurrent_administrators_and_appends_leave_numbers_and_positions_without_a_gap()
    {
        await using var first = await LedgerStage.OpenEmpty(server);
        await using var second = first.AnotherWriter(new LedgerOptions { LaneCount = 1 });
        var writers = new[] { first, second };
        await first.PublishFirst();
        var before = await first.Scalar<long>("SELECT count(*) FROM ledger.act");
        byte[][] handles = [.. Enumerable.Range(0, 16).Select(_ => Some.Hash())];
        foreach (var handle in handles)
            await first.PostgresEnrolments.Enrol(Some.Enrolment(Some.Locators(), Some.Handle(handle)), Cancel);
        Guid[] keys = [.. Enumerable.Range(0, 60).Select(_ => Guid.NewGuid())];

        var acting = Enumerable.Range(0, 8).Select(i => Task.Run(() => ActAll(writers[i % 2].Programmes, keys, i)));
        var sending = Enumerable.Range(0, 4).Select(i => Task.Run(() => Send(writers[i % 2].PostgresLedger, handles)));
        var acted = Task.WhenAll(acting);
        await Task.WhenAll(acted, Task.WhenAll(sending));

        foreach (var writer in writers) writer.Log.ShouldBeEmpty();
        foreach (var numbers in await acted) numbers.ShouldBe((await acted)[0], "the same act has the same number for every caller");
        (await first.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(before + keys.Length);
        (await first.Scalar<long>("SELECT max(number) FROM ledger.act")).ShouldBe(before + keys.Length);
        (await first.Scalar<long>("""
            SELECT count(*) FROM ledger.act a JOIN ledger.entry e ON e.partition = 0 AND e.position = a.position AND e.kind = 16
            WHERE (convert_from(e.body, 'UTF8')::json ->> 'number')::bigint = a.number
            """)).ShouldBe(before + keys.Length);
        (await first.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 16")).ShouldBe(before + keys.Length);
        (await first.Rows<short>("""
            SELECT h.partition FROM ledger.head h LEFT JOIN ledger.entry e USING (partition)
            GROUP BY h.partition, h.position HAVING h.position <> count(e.position) OR h.position <> coalesce(max(e.position), 0)
            """)).ShouldBeEmpty("positions have a gap");
        (await first.Scalar<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0);
        await LeafAssertions.Check(first);
    }

    private static async Task<Dictionary<Guid, long>> ActAll(IProgrammeStore store, Guid[] keys, int seed)
    {
        var numbers = new Dictionary<Guid, long>();
        var random = new Random(seed);
        foreach (var key in keys.OrderBy(_ => random.Next()))
        {
            var act = Versions.Act(AdminActions.Suspended, Some.Programme, key);
            numbers[key] = key.GetHashCode() % 3 == 0
                ? await store.SetSuspended(Some.Programme, false, act with { Act = AdminActions.Resumed }, Cancel)
                : await store.Record(act, Cancel);
        }
        return numbers.OrderBy(pair => pair.Key).ToDictionary();
    }

    private static async Task Send(ILedger ledger, byte[][] handles)
    {
        for (var i = 0; i < 60; i++) await ledger.AppendEvents([.. handles.Select(handle => Some.Event(handle))], Cancel);
    }
}
