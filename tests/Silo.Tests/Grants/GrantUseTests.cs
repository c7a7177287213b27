using Npgsql;
using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Grants;

/// <summary>A grant with a number of uses lets in as many query entries as it says, whatever races.</summary>
public sealed class GrantUseTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task A_use_is_a_new_entry_and_a_repeat_is_none()
    {
        var (enrolled, grant) = await Granted(2);
        Guid[] keys = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        var first = (await Ask(grant, keys[0])).ShouldNotBeNull();
        (await Ask(grant, keys[0])).ShouldBe(first);
        (await Left(enrolled)).ShouldBe([1]);
        (await Ask(grant, keys[1])).ShouldNotBeNull();
        (await Ask(grant, keys[2])).ShouldBeNull("it is used up");
        (await Ask(grant, keys[0])).ShouldBe(first, "within the validity the answer stands");
        (await Left(enrolled)).ShouldBe([0]);
        (await Looks(enrolled)).ShouldBe(2);
        (await stage.PostgresEnrolments.Restrict(enrolled.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel)).ShouldBe(true);
        (await Ask(grant, keys[0])).ShouldBeNull("even a repeat is refused while everything is paused");
        (await stage.PostgresEnrolments.Restrict(enrolled.Locators[0], false, Some.Entry(EntryKind.RestrictionLifted), Cancel))
            .ShouldBe(true);
        (await stage.PostgresEnrolments.Revoke(enrolled.Locators[0], grant.Id, Some.Entry(EntryKind.GrantRevoked), Cancel)).ShouldBeTrue();
        (await Ask(grant, keys[0])).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_asked_while_nobody_may_be_told_is_no_use()
    {
        var (enrolled, grant) = await Granted(1);
        await stage.PostgresEnrolments.Restrict(enrolled.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        (await Ask(grant, Guid.NewGuid())).ShouldBeNull();
        await stage.PostgresEnrolments.Restrict(enrolled.Locators[0], false, Some.Entry(EntryKind.RestrictionLifted), Cancel);
        (await stage.PostgresLedger.AppendQuery(Some.Query(grant.Hash, at: Some.Start.AddTicks(-10)), Cancel)).ShouldBeNull();
        (await Left(enrolled)).ShouldBe([1]);
        (await Ask(grant, Guid.NewGuid())).ShouldNotBeNull();
    }

    [Fact]
    public async Task Questions_of_several_windows_in_one_flush_take_no_more_than_is_left()
    {
        var (enrolled, grant) = await Granted(3);
        var (other, unlimited) = await Granted(null);
        Guid[] keys = [.. Enumerable.Range(0, 8).Select(_ => Guid.NewGuid())];
        Task<QueryTurn?>[] asked;
        await using (await LockedTransaction.Open(stage.Database, stage.Heads, [0, 1, 2, 3], Cancel))
        {
            // The first keeps each lane waiting for its lock, so that all others gather behind it for one flush.
            var behind = stage.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 64).Select(_ => Some.Event(Some.Hash()))], Cancel);
            await LocksWaitedFor(2);
            asked = [.. keys.Concat(keys).Select(key => Ask(grant, key)), Ask(unlimited, keys[0]), Ask(unlimited, keys[1])];
        }
        var turns = await Task.WhenAll(asked);
        for (var i = 0; i < keys.Length; i++) turns[i].ShouldBe(turns[i + keys.Length], "asked twice, answered alike");
        turns.Take(keys.Length).Count(turn => turn is not null).ShouldBe(3);
        turns.TakeLast(2).ShouldAllBe(turn => turn != null);
        (await Looks(enrolled)).ShouldBe(3);
        (await Left(enrolled)).ShouldBe([0]);
        (await Left(other)).ShouldBe([null]);
    }

    [Fact]
    public async Task Strays_that_are_sent_on_take_no_more_than_is_left()
    {
        var enrolled = await Enrol();
        var grant = Some.Grant();
        Task<QueryTurn?>[] asked;
        await using (var held = await LockedTransaction.Open(stage.Database, stage.Heads, [0, 1, 2, 3], Cancel))
        {
            // Nobody sees the grant yet, so the questions are dealt to any partition.
            asked = [.. Enumerable.Range(0, 40).Select(_ => Ask(grant, Guid.NewGuid()))];
            await LocksWaitedFor(2);
            await held.Run(Cancel, new NpgsqlBatchCommand($"""
                INSERT INTO ledger.grant_ (hash, subject, since, id, service, uses_left)
                VALUES ('\x{Convert.ToHexStringLower(grant.Hash)}', {enrolled.Subject.Value}, '2026-03-01', '{grant.Id}', 'city-parking', 7)
                """));
            await held.Commit();
        }
        (await Task.WhenAll(asked)).Count(turn => turn is not null).ShouldBe(7);
        (await Looks(enrolled)).ShouldBe(7);
        (await Left(enrolled)).ShouldBe([0]);
    }

    [Fact]
    public async Task Used_up_grants_stand_no_more_stay_listed_and_are_forgotten_when_there_are_too_many()
    {
        var (enrolled, first) = await Granted(1);
        (await Give(enrolled, Some.Grant(), countMax: 1)).ShouldBeFalse("one stands");
        await Ask(first, Guid.NewGuid());
        (await Give(enrolled, Some.Grant(until: Some.Start.AddSeconds(1)), countMax: 1)).ShouldBeTrue();
        var ids = new List<string> { first.Id };
        for (var i = 1; i < 4; i++)
        {
            var next = Some.Grant() with { At = Some.Start.AddHours(i), Uses = 1 };
            (await Give(enrolled, next, countMax: 2)).ShouldBeTrue();
            (await stage.PostgresLedger.AppendQuery(Some.Query(next.Hash, at: Some.Start.AddDays(1)), Cancel)).ShouldNotBeNull();
            ids.Add(next.Id);
        }
        var listed = await stage.PostgresEnrolments.GrantsOf(enrolled.Subject, Cancel);
        listed.Select(grant => (grant.Id, grant.UsesLeft)).ShouldBe([(ids[1], 0), (ids[2], 0), (ids[3], 0)]);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.grant_")).ShouldBe(3, "the ended one is forgotten");
    }

    [Fact]
    public async Task Below_zero_is_a_defect_that_the_table_refuses()
    {
        await Granted(1);
        var refused = await Should.ThrowAsync<PostgresException>(stage.Execute("UPDATE ledger.grant_ SET uses_left = -1"));
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
        await using var connection = await stage.Database.Lanes.OpenConnectionAsync(Cancel);
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
        while (await stage.Scalar<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()") < count)
            await Task.Delay(5, bound.Token);
    }

    private Task<QueryTurn?> Ask(NewGrant grant, Guid key) => stage.PostgresLedger.AppendQuery(Some.Query(grant.Hash, key), Cancel);

    private Task<bool> Give(NewEnrolment enrolled, NewGrant grant, int countMax = 64) =>
        stage.PostgresEnrolments.Grant(enrolled.Locators[0], grant, countMax, Cancel);

    private async Task<NewEnrolment> Enrol()
    {
        var enrolled = Some.Enrolment(Some.Locators());
        await stage.PostgresEnrolments.Enrol(enrolled, Cancel);
        return enrolled;
    }

    private async Task<(NewEnrolment, NewGrant)> Granted(int? uses)
    {
        var enrolled = await Enrol();
        var grant = Some.Grant() with { Uses = uses };
        (await Give(enrolled, grant)).ShouldBeTrue();
        return (enrolled, grant);
    }

    private async Task<int?[]> Left(NewEnrolment enrolled) =>
        [.. (await stage.PostgresEnrolments.GrantsOf(enrolled.Subject, Cancel)).Select(grant => grant.UsesLeft)];

    private async Task<int> Looks(NewEnrolment enrolled) =>
        (await stage.PostgresLedger.ReadAccessesBackwards(enrolled.Subject, long.MaxValue, 1000, Cancel)).Count;
}
