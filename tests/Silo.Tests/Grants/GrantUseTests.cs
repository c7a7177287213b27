using Npgsql;
using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Grants;

/// <summary>A grant with a number of uses accepts exactly that many query entries, also under concurrency.</summary>
public sealed class GrantUseTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_use_is_a_new_entry_and_a_repeat_is_none()
    {
        var (enrolled, grant) = await Granted(2);
        Guid[] keys = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        var first = (await Query(grant, keys[0])).ShouldNotBeNull();
        (await Query(grant, keys[0])).ShouldBe(first);
        (await Left(enrolled)).ShouldBe([1]);
        (await Query(grant, keys[1])).ShouldNotBeNull();
        (await Query(grant, keys[2])).ShouldBeNull("the grant is used up");
        (await Query(grant, keys[0])).ShouldBe(first, "the answer is repeated within its validity");
        (await Left(enrolled)).ShouldBe([0]);
        (await Accesses(enrolled)).ShouldBe(2);
        (await _stage.PostgresEnrolments.Restrict(enrolled.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel)).ShouldBe(true);
        (await Query(grant, keys[0])).ShouldBeNull("even a repeat is refused during a restriction");
        (await _stage.PostgresEnrolments.Restrict(enrolled.Locators[0], false, Some.Entry(EntryKind.RestrictionLifted), Cancel))
            .ShouldBe(true);
        (await _stage.PostgresEnrolments.Revoke(enrolled.Locators[0], grant.Id, Some.Entry(EntryKind.GrantRevoked), Cancel)).ShouldBeTrue();
        (await Query(grant, keys[0])).ShouldBeNull();
    }

    [Fact]
    public async Task A_refused_query_counts_as_no_use()
    {
        var (enrolled, grant) = await Granted(1);
        await _stage.PostgresEnrolments.Restrict(enrolled.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        (await Query(grant, Guid.NewGuid())).ShouldBeNull();
        await _stage.PostgresEnrolments.Restrict(enrolled.Locators[0], false, Some.Entry(EntryKind.RestrictionLifted), Cancel);
        (await _stage.PostgresLedger.AppendQuery(Some.Query(grant.Hash, at: Some.Start.AddTicks(-10)), Cancel)).ShouldBeNull();
        (await Left(enrolled)).ShouldBe([1]);
        (await Query(grant, Guid.NewGuid())).ShouldNotBeNull();
    }

    [Fact]
    public async Task Queries_of_several_windows_in_one_flush_take_no_more_than_is_left()
    {
        var (enrolled, grant) = await Granted(3);
        var (other, unlimited) = await Granted(null);
        Guid[] keys = [.. Enumerable.Range(0, 8).Select(_ => Guid.NewGuid())];
        Task<QueryTurn?>[] queries;
        await using (await LockedTransaction.Open(_stage.Database, _stage.Heads, [0, 1, 2, 3], Cancel))
        {
            // The first append makes each lane wait for its lock, so that all later rows are collected for one flush.
            var blocking = _stage.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 64).Select(_ => Some.Event(Some.Hash()))], Cancel);
            await LocksWaitedFor(2);
            queries = [.. keys.Concat(keys).Select(key => Query(grant, key)), Query(unlimited, keys[0]), Query(unlimited, keys[1])];
        }
        var turns = await Task.WhenAll(queries);
        for (var i = 0; i < keys.Length; i++) turns[i].ShouldBe(turns[i + keys.Length], "a repeated query has the same answer");
        turns.Take(keys.Length).Count(turn => turn is not null).ShouldBe(3);
        turns.TakeLast(2).ShouldAllBe(turn => turn != null);
        (await Accesses(enrolled)).ShouldBe(3);
        (await Left(enrolled)).ShouldBe([0]);
        (await Left(other)).ShouldBe([null]);
    }

    [Fact]
    public async Task Rerouted_queries_take_no_more_than_is_left()
    {
        var enrolled = await Enrol();
        var partition = (await _stage.PostgresLedger.FindSubject(enrolled.Subject, Cancel))!.Partition;
        var grant = Some.Grant();
        while (_stage.Database.PartitionOf(grant.Hash) == partition) grant = Some.Grant();
        Task<QueryTurn?>[] queries;
        await using (var held = await LockedTransaction.Open(_stage.Database, _stage.Heads, [0, 1, 2, 3], Cancel))
        {
            // The grant is not committed yet, so its queries go to the partition of its hash.
            queries = [.. Enumerable.Range(0, 40).Select(_ => Query(grant, Guid.NewGuid()))];
            await LocksWaitedFor(1);
            await held.Run(Cancel, new NpgsqlBatchCommand($"""
                INSERT INTO ledger.grant_ (hash, subject, since, id, service, uses_left)
                VALUES ('\x{Convert.ToHexStringLower(grant.Hash)}', {enrolled.Subject.Value}, '2026-03-01', '{grant.Id}', 'city-parking', 7)
                """));
            await held.Commit();
        }
        (await Task.WhenAll(queries)).Count(turn => turn is not null).ShouldBe(7);
        (await Accesses(enrolled)).ShouldBe(7);
        (await Left(enrolled)).ShouldBe([0]);
    }

    [Fact]
    public async Task Used_up_grants_do_not_count_stay_listed_and_are_removed_when_there_are_too_many()
    {
        var (enrolled, first) = await Granted(1);
        (await Grant(enrolled, Some.Grant(), countMax: 1)).ShouldBeFalse("one grant is in use");
        await Query(first, Guid.NewGuid());
        (await Grant(enrolled, Some.Grant(until: Some.Start.AddSeconds(1)), countMax: 1)).ShouldBeTrue();
        var ids = new List<string> { first.Id };
        for (var i = 1; i < 4; i++)
        {
            var next = Some.Grant() with { At = Some.Start.AddHours(i), Uses = 1 };
            (await Grant(enrolled, next, countMax: 2)).ShouldBeTrue();
            (await _stage.PostgresLedger.AppendQuery(Some.Query(next.Hash, at: Some.Start.AddDays(1)), Cancel)).ShouldNotBeNull();
            ids.Add(next.Id);
        }
        var listed = await _stage.PostgresEnrolments.GrantsOf(enrolled.Subject, Cancel);
        listed.Select(grant => (grant.Id, grant.UsesLeft)).ShouldBe([(ids[1], 0), (ids[2], 0), (ids[3], 0)]);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.grant_")).ShouldBe(3, "the ended grant is removed");
    }

    [Fact]
    public async Task Uses_below_zero_are_a_defect_that_the_table_refuses()
    {
        await Granted(1);
        var refused = await Should.ThrowAsync<PostgresException>(_stage.Execute("UPDATE ledger.grant_ SET uses_left = -1"));
        refused.SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
    }

    [Fact]
    public async Task A_flush_without_uses_touches_no_grant()
    {
        var (_, unlimited) = await Granted(null);
        var (_, limited) = await Granted(5);
        (await Plan(unlimited)).ShouldContain("->  Index Scan using grant__pkey on grant_ g (actual rows=0 loops=1)");
        (await Plan(limited)).ShouldContain("->  Index Scan using grant__pkey on grant_ g (actual rows=1 loops=1)");
    }

    private async Task<List<string>> Plan(NewGrant grant)
    {
        var query = Some.Query(grant.Hash);
        await using var connection = await _stage.Database.Lanes.OpenConnectionAsync(Cancel);
        await using var command = new NpgsqlCommand("EXPLAIN (ANALYZE, COSTS off, TIMING off) " + EntrySql.Queries, connection);
        command.Parameters.Add(new() { Value = new short[] { 0, 1, 2, 3 } });
        command.Parameters.Add(new() { Value = new[] { query.GrantHash } });
        command.Parameters.Add(new() { Value = new[] { query.Key } });
        command.Parameters.Add(new()
        {
            Value = new[] { query.At.UtcDateTime }, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
        command.Parameters.Add(new() { Value = new[] { query.Day } });
        command.Parameters.Add(new() { Value = new[] { query.BodyPrefix } });
        command.Parameters.Add(new() { Value = new[] { query.BodySuffix } });
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel)) lines.Add(reader.GetString(0).Trim());
        return lines;
    }

    private async Task LocksWaitedFor(int count)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        bound.CancelAfter(TimeSpan.FromSeconds(10));
        while (await _stage.Scalar<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()") < count)
            await Task.Delay(5, bound.Token);
    }

    private Task<QueryTurn?> Query(NewGrant grant, Guid key) => _stage.PostgresLedger.AppendQuery(Some.Query(grant.Hash, key), Cancel);

    private Task<bool> Grant(NewEnrolment enrolled, NewGrant grant, int countMax = 64) =>
        _stage.PostgresEnrolments.Grant(enrolled.Locators[0], grant, countMax, Cancel);

    private async Task<NewEnrolment> Enrol()
    {
        var enrolled = Some.Enrolment(Some.Locators());
        await _stage.PostgresEnrolments.Enrol(enrolled, Cancel);
        return enrolled;
    }

    private async Task<(NewEnrolment, NewGrant)> Granted(int? uses)
    {
        var enrolled = await Enrol();
        var grant = Some.Grant() with { Uses = uses };
        (await Grant(enrolled, grant)).ShouldBeTrue();
        return (enrolled, grant);
    }

    private async Task<int?[]> Left(NewEnrolment enrolled) =>
        [.. (await _stage.PostgresEnrolments.GrantsOf(enrolled.Subject, Cancel)).Select(grant => grant.UsesLeft)];

    private async Task<int> Accesses(NewEnrolment enrolled) =>
        (await _stage.PostgresLedger.ReadAccessesBackwards(enrolled.Subject, long.MaxValue, 1000, Cancel)).Count;
}
