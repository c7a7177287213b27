using Microsoft.Extensions.Time.Testing;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Checkpoints;

public sealed class CheckpointServiceTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task The_first_checkpoint_is_of_the_empty_ledger_and_adds_nothing()
    {
        var first = (await _stage.Seal()).ShouldNotBeNull();
        first.Number.ShouldBe(1);
        first.Logs.ShouldAllBe(log => log.Size == 0 && log.Root.SequenceEqual(MerkleLog.Empty));
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry")).ShouldBe(0);
        await _stage.ShouldVerify(first);
    }

    [Fact]
    public async Task Every_checkpoint_has_the_roots_of_its_leaves_and_extends_every_earlier_one()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var handles = await Enrol(6);
        var random = new Random(9);
        var made = new List<Checkpoint>();
        for (var round = 0; round < 6; round++)
        {
            await Send(handles, random.Next(1, 900));
            var options = new CheckpointOptions { TilesAtOnceMax = 1 + (round % 3) };
            made.Add((await _stage.Seal(time, options)).ShouldNotBeNull());
            time.Advance(TimeSpan.FromHours(1));
        }
        made.Select(one => one.Number).ShouldBe([1, 2, 3, 4, 5, 6]);
        foreach (var one in made) await _stage.ShouldVerify(one);
        foreach (var later in made)
            foreach (var earlier in made.Where(other => other.Number <= later.Number)) await _stage.ShouldExtend(earlier, later);
        (await _stage.Checkpoints.Consistency(3, 2, Cancel)).ShouldBeNull();
        (await _stage.Checkpoints.Consistency(3, 7, Cancel)).ShouldBeNull();
        await _stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Every_entry_of_a_checkpoint_has_a_proof_and_what_is_newer_has_none()
    {
        await Send(await Enrol(3), 700);
        var checkpoint = (await _stage.Seal()).ShouldNotBeNull();
        var handles = await Enrol(1);
        await Send(handles, 5);
        foreach (var (partition, size, root) in checkpoint.Logs)
        {
            var head = await _stage.Scalar<long>($"SELECT position FROM ledger.head WHERE partition = {partition}");
            var proofs = await _stage.Checkpoints.Inclusion(
                checkpoint, partition, [.. Enumerable.Range(0, (int)head + 3).Select(position => (long)position)], Cancel);
            proofs.Select(proof => proof.Position).ShouldBe(Enumerable.Range(1, (int)size).Select(position => (long)position));
            proofs.ShouldAllBe(proof => ReferenceMerkleLog.Holds(proof, size, root));
            proofs.Select(proof => Convert.ToHexString(proof.Leaf)).Distinct().Count().ShouldBe((int)size);
        }
    }

    [Fact]
    public async Task A_log_past_one_tile_of_tiles_is_sealed_like_a_small_one()
    {
        // 256 tiles fill a tile of the second level.
        await _stage.Execute("""
            INSERT INTO ledger.entry (partition, position, kind, leaf)
            SELECT 2, n, 15, sha256(int8send(n)) FROM generate_series(1, 66300) n;
            UPDATE ledger.head SET position = 66300 WHERE partition = 2
            """);
        var checkpoint = (await _stage.Seal()).ShouldNotBeNull();
        (await _stage.Rows<string>(
            "SELECT level || '.' || number || ':' || octet_length(hashes) / 32 FROM ledger.tile ORDER BY level, number"))
            .ShouldBe(["1.0:256", "1.1:3", "2.0:1"]);
        await _stage.ShouldVerify(checkpoint);
        long[] positions = [1, 256, 257, 65_536, 65_537, 66_300, checkpoint.Logs[2].Size];
        var proofs = await _stage.Checkpoints.Inclusion(checkpoint, 2, positions, Cancel);
        proofs.Length.ShouldBe(positions.Length);
        proofs.ShouldAllBe(proof => ReferenceMerkleLog.Holds(proof, checkpoint.Logs[2].Size, checkpoint.Logs[2].Root));
    }

    [Fact]
    public async Task Growth_reveals_nothing_and_the_padding_is_declared()
    {
        await Send(await Enrol(2), 3);
        var first = (await _stage.Seal()).ShouldNotBeNull();
        first.Logs.ShouldAllBe(log => log.Size % 256 == 0);
        var padded = await _stage.Rows<string>("""
            SELECT convert_from(p.body, 'UTF8')::json ->> 'entries' || ' ' || (
                SELECT count(*) FROM ledger.entry f WHERE f.partition = p.partition AND f.position > p.position AND f.kind = 15
                    AND num_nulls(f.subject, f.turn, f.key, f.day, f.body) = 5)
            FROM ledger.entry p WHERE p.kind = 20
            """);
        padded.ShouldNotBeEmpty();
        padded.ShouldAllBe(line => line.Split(' ')[0] == line.Split(' ')[1]);
        await LeafAssertions.Check(_stage);
        await _stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Interrupted_anywhere_another_silo_continues_to_the_same_tiles()
    {
        await Send(await Enrol(5), 1200);
        await using var other = _stage.AnotherWriter();
        for (var cut = 1; cut < 60; cut += 3)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            using var interruption = new CancelAtCommand(cut, stop);
            try
            {
                await _stage.NewCheckpointService(options: new CheckpointOptions { TilesAtOnceMax = 1 }).Run(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
            await _stage.ShouldBeConserved();
        }
        var made = await other.Seal() ?? (await other.Checkpoints.Latest(Cancel)).ShouldNotBeNull();
        await _stage.ShouldVerify(made);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.checkpoint")).ShouldBe(made.Number);
        var tiles = await Tiles();
        await _stage.Execute("DELETE FROM ledger.tile");
        await other.Seal();
        (await Tiles()).ShouldBe(tiles);
    }

    [Fact]
    public async Task One_silo_seals_at_a_time_and_a_checkpoint_is_due_once_an_interval()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 9, 59, 30, TimeSpan.Zero));
        var services = Enumerable.Range(0, 4).Select(_ => _stage.NewCheckpointService(time)).ToArray();
        var made = await Task.WhenAll(services.Select(service => service.Run(Cancel)));
        made.Count(one => one is not null).ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(29));
        (await services[0].Run(Cancel)).ShouldBeNull("the next interval begins at ten o'clock");
        time.Advance(TimeSpan.FromSeconds(1));
        (await services[1].Run(Cancel)).ShouldNotBeNull().At.ShouldBe(new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero));
        (await services[2].Run(Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_checkpoint_of_a_clock_that_was_ahead_does_not_silence_the_sealer()
    {
        var right = new DateTimeOffset(2026, 11, 26, 9, 59, 30, TimeSpan.Zero);
        var ahead = (await _stage.Seal(new FakeTimeProvider(right.AddYears(1)))).ShouldNotBeNull();
        var time = new FakeTimeProvider(right);
        var next = (await _stage.Seal(time)).ShouldNotBeNull();
        next.At.ShouldBe(ahead.At, "the time of checkpoints never goes back");
        (await _stage.Seal(time)).ShouldBeNull("it is made once an interval");
        time.Advance(TimeSpan.FromHours(1));
        (await _stage.Seal(time)).ShouldNotBeNull();
        await _stage.ShouldExtend(ahead, next);
    }

    [Fact]
    public async Task A_new_incarnation_of_the_ledger_is_a_visible_break_immediately()
    {
        var first = (await _stage.Seal()).ShouldNotBeNull();
        first.Note.ShouldNotContain("break");
        await _stage.Execute("UPDATE ledger.platform SET value = '2' WHERE key = 'incarnation'");
        await using var restored = _stage.AnotherWriter();
        var second = (await restored.Seal()).ShouldNotBeNull();
        second.Life.ShouldNotBe(first.Life);
        second.Note.ShouldContain($"life {second.Life}\nbreak {first.Life}\n");
        await _stage.ShouldVerify(second);
        await _stage.ShouldExtend(first, second);
        (await restored.Seal()).ShouldBeNull();
    }

    [Fact]
    public async Task Old_checkpoints_verify_after_withdrawals_and_expiry()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var locators = Some.Locators();
        var handle = Some.Handle();
        (await _stage.PostgresEnrolments.Enrol(Some.Enrolment(locators, handle), Cancel)).ShouldBe(0);
        await Send([handle.Hash, .. await Enrol(3)], 600);
        var before = (await _stage.Seal(time)).ShouldNotBeNull();
        (await _stage.PostgresEnrolments.Withdraw(locators[0], Some.Day, Some.Request, Cancel)).ShouldNotBeNull()
            .Entries.ShouldBeGreaterThan(100);
        await _stage.NewSweeper(new FakeTimeProvider(Some.Start.AddYears(3))).Sweep(Cancel);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 1")).ShouldBe(0);
        time.Advance(TimeSpan.FromHours(1));
        var after = (await _stage.Seal(time)).ShouldNotBeNull();
        await _stage.ShouldVerify(before);
        await _stage.ShouldVerify(after);
        await _stage.ShouldExtend(before, after);
        await _stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Sealing_during_appends_misses_no_leaf()
    {
        var handles = await Enrol(8);
        using var done = new CancellationTokenSource();
        var appending = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await Send(handles, 200);
        }, Cancel);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var made = new List<Checkpoint>();
        for (var round = 0; round < 12; round++)
        {
            made.Add((await _stage.Seal(time)).ShouldNotBeNull());
            time.Advance(TimeSpan.FromHours(1));
        }
        await done.CancelAsync();
        await appending;
        foreach (var one in made) await _stage.ShouldVerify(one);
        made.Zip(made.Skip(1)).ShouldContain(pair => pair.First.Logs.Zip(pair.Second.Logs).Any(logs => logs.First.Size < logs.Second.Size));
        await _stage.ShouldExtend(made[0], made[^1]);
        await _stage.ShouldBeConserved();
    }

    private async Task<List<string>> Tiles() => await _stage.Rows<string>("""
        SELECT partition || '.' || level || '.' || number || ' ' || encode(hashes, 'hex') FROM ledger.tile ORDER BY partition, level, number
        """);

    private async Task<byte[][]> Enrol(int count)
    {
        var handles = Enumerable.Range(0, count).Select(_ => Some.Handle()).ToArray();
        foreach (var handle in handles)
            (await _stage.PostgresEnrolments.Enrol(Some.Enrolment(Some.Locators(), handle), Cancel)).ShouldBe(0);
        return [.. handles.Select(handle => handle.Hash)];
    }

    private Task Send(byte[][] handles, int count) => _stage.PostgresLedger.AppendEvents(
        [.. Enumerable.Range(0, count).Select(i => Some.Event(handles[i % handles.Length]))], Cancel);
}
