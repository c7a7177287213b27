using Microsoft.Extensions.Time.Testing;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Checkpoints;

public sealed class SealerTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task The_first_checkpoint_is_of_the_empty_ledger_and_adds_nothing()
    {
        var first = (await stage.Sealer().Run(Cancel)).ShouldNotBeNull();
        first.Number.ShouldBe(1);
        first.Logs.ShouldAllBe(log => log.Size == 0 && log.Root.SequenceEqual(MerkleLog.Empty));
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry")).ShouldBe(0);
        await ShouldStand(first);
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
            made.Add((await stage.Sealer(time, new CheckpointOptions { TilesAtOnceMax = 1 + (round % 3) }).Run(Cancel)).ShouldNotBeNull());
            time.Advance(TimeSpan.FromHours(1));
        }
        made.Select(one => one.Number).ShouldBe([1, 2, 3, 4, 5, 6]);
        foreach (var one in made) await ShouldStand(one);
        foreach (var earlier in made)
        foreach (var later in made.Where(other => other.Number >= earlier.Number)) await ShouldExtend(earlier, later);
        (await stage.Checkpoints.Consistency(3, 2, Cancel)).ShouldBeNull();
        (await stage.Checkpoints.Consistency(3, 7, Cancel)).ShouldBeNull();
        await stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Every_entry_of_a_checkpoint_has_a_proof_and_what_is_newer_has_none()
    {
        await Send(await Enrol(3), 700);
        var checkpoint = (await stage.Sealer().Run(Cancel)).ShouldNotBeNull();
        var handles = await Enrol(1);
        await Send(handles, 5);
        foreach (var (partition, size, root) in checkpoint.Logs)
        {
            var head = await stage.Scalar<long>($"SELECT position FROM ledger.head WHERE partition = {partition}");
            var proofs = await stage.Checkpoints.Inclusion(
                checkpoint, partition, [.. Enumerable.Range(0, (int)head + 3).Select(position => (long)position)], Cancel);
            proofs.Select(proof => proof.Position).ShouldBe(Enumerable.Range(1, (int)size).Select(position => (long)position));
            proofs.ShouldAllBe(proof => SlowLog.Holds(proof, size, root));
            proofs.Select(proof => Convert.ToHexString(proof.Leaf)).Distinct().Count().ShouldBe((int)size);
        }
    }

    [Fact]
    public async Task A_log_past_one_tile_of_tiles_is_sealed_like_a_small_one()
    {
        // 256 tiles fill a tile of the second level.
        await stage.Execute("""
            INSERT INTO ledger.entry (partition, position, kind, leaf)
            SELECT 2, n, 15, sha256(int8send(n)) FROM generate_series(1, 66300) n;
            UPDATE ledger.head SET position = 66300 WHERE partition = 2
            """);
        var checkpoint = (await stage.Sealer().Run(Cancel)).ShouldNotBeNull();
        (await stage.Rows<string>(
            "SELECT level || '.' || number || ':' || octet_length(hashes) / 32 FROM ledger.tile ORDER BY level, number"))
            .ShouldBe(["1.0:256", "1.1:3", "2.0:1"]);
        await ShouldStand(checkpoint);
        long[] positions = [1, 256, 257, 65_536, 65_537, 66_300, checkpoint.Logs[2].Size];
        var proofs = await stage.Checkpoints.Inclusion(checkpoint, 2, positions, Cancel);
        proofs.Length.ShouldBe(positions.Length);
        proofs.ShouldAllBe(proof => SlowLog.Holds(proof, checkpoint.Logs[2].Size, checkpoint.Logs[2].Root));
    }

    [Fact]
    public async Task Growth_tells_nothing_and_the_filling_is_declared()
    {
        await Send(await Enrol(2), 3);
        var first = (await stage.Sealer().Run(Cancel)).ShouldNotBeNull();
        first.Logs.ShouldAllBe(log => log.Size % 256 == 0);
        var filled = await stage.Rows<string>("""
            SELECT convert_from(p.body, 'UTF8')::json ->> 'entries' || ' ' || (
                SELECT count(*) FROM ledger.entry f WHERE f.partition = p.partition AND f.position > p.position AND f.kind = 15
                    AND num_nulls(f.subject, f.turn, f.key, f.day, f.body) = 5)
            FROM ledger.entry p WHERE p.kind = 20
            """);
        filled.ShouldNotBeEmpty();
        filled.ShouldAllBe(line => line.Split(' ')[0] == line.Split(' ')[1]);
        await Leaves.Check(stage);
        await stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Cut_off_anywhere_another_silo_goes_on_and_comes_to_the_same_tiles()
    {
        await Send(await Enrol(5), 1200);
        await using var other = stage.Beside();
        for (var cut = 1; cut < 60; cut += 3)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            using var cutting = new CutOff(cut, stop);
            try
            {
                await stage.Sealer(options: new CheckpointOptions { TilesAtOnceMax = 1 }).Run(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
            await stage.ShouldBeConserved();
        }
        var made = await other.Sealer().Run(Cancel) ?? (await other.Checkpoints.Latest(Cancel)).ShouldNotBeNull();
        await ShouldStand(made);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.checkpoint")).ShouldBe(made.Number);
        var tiles = await Tiles();
        await stage.Execute("DELETE FROM ledger.tile");
        await other.Sealer().Run(Cancel);
        (await Tiles()).ShouldBe(tiles);
    }

    [Fact]
    public async Task One_seals_at_a_time_and_a_checkpoint_is_due_once_an_interval()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 9, 59, 30, TimeSpan.Zero));
        var sealers = Enumerable.Range(0, 4).Select(_ => stage.Sealer(time)).ToArray();
        var made = await Task.WhenAll(sealers.Select(sealer => sealer.Run(Cancel)));
        made.Count(one => one is not null).ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(29));
        (await sealers[0].Run(Cancel)).ShouldBeNull("it is not ten o'clock yet");
        time.Advance(TimeSpan.FromSeconds(1));
        (await sealers[1].Run(Cancel)).ShouldNotBeNull().At.ShouldBe(new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero));
        (await sealers[2].Run(Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_new_life_of_the_ledger_is_a_visible_break_at_once()
    {
        var first = (await stage.Sealer().Run(Cancel)).ShouldNotBeNull();
        first.Note.ShouldNotContain("break");
        await stage.Execute("UPDATE ledger.platform SET value = '2' WHERE key = 'incarnation'");
        await using var restored = stage.Beside();
        var second = (await restored.Sealer().Run(Cancel)).ShouldNotBeNull();
        second.Life.ShouldNotBe(first.Life);
        second.Note.ShouldContain($"life {second.Life}\nbreak {first.Life}\n");
        await ShouldStand(second);
        await ShouldExtend(first, second);
        (await restored.Sealer().Run(Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Old_checkpoints_stand_after_people_have_left_and_entries_have_expired()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (locators, handle) = (Some.Locators(), Some.Handle());
        (await stage.PostgresEnrolments.Enrol(Some.Enrolment(locators, handle), Cancel)).ShouldBe(0);
        await Send([handle.Hash, .. await Enrol(3)], 600);
        var before = (await stage.Sealer(time).Run(Cancel)).ShouldNotBeNull();
        (await stage.PostgresEnrolments.Withdraw(locators[0], Some.Day, Some.Request, Cancel)).ShouldNotBeNull()
            .Entries.ShouldBeGreaterThan(100);
        await stage.Sweeper(new FakeTimeProvider(Some.Start.AddYears(3))).Sweep(Cancel);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 1")).ShouldBe(0);
        time.Advance(TimeSpan.FromHours(1));
        var after = (await stage.Sealer(time).Run(Cancel)).ShouldNotBeNull();
        await ShouldStand(before);
        await ShouldStand(after);
        await ShouldExtend(before, after);
        await stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Sealing_under_a_storm_of_appends_misses_no_leaf()
    {
        var handles = await Enrol(8);
        using var done = new CancellationTokenSource();
        var storm = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await Send(handles, 200);
        }, Cancel);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var made = new List<Checkpoint>();
        for (var round = 0; round < 12; round++)
        {
            made.Add((await stage.Sealer(time).Run(Cancel)).ShouldNotBeNull());
            time.Advance(TimeSpan.FromHours(1));
        }
        await done.CancelAsync();
        await storm;
        foreach (var one in made) await ShouldStand(one);
        made.Zip(made.Skip(1)).ShouldContain(pair => pair.First.Logs.Zip(pair.Second.Logs).Any(logs => logs.First.Size < logs.Second.Size));
        await ShouldExtend(made[0], made[^1]);
        await stage.ShouldBeConserved();
    }

    private async Task<List<string>> Tiles() => await stage.Rows<string>(
        "SELECT partition || '.' || level || '.' || number || ' ' || encode(hashes, 'hex') FROM ledger.tile ORDER BY partition, level, number");

    private async Task ShouldStand(Checkpoint checkpoint)
    {
        (await stage.Checkpoints.Find(checkpoint.Number, Cancel)).ShouldNotBeNull().Note.ShouldBe(checkpoint.Note);
        var text = CheckpointNote.TextOf(checkpoint.Note);
        new CheckpointSigner(new byte[32]).Key("scoring.local/ledger").Verifies(checkpoint.Note[(text.Length + 1)..], text).ShouldBeTrue();
        foreach (var (partition, size, root) in checkpoint.Logs)
            SlowLog.Root([.. (await SlowLog.Leaves(stage, partition)).Take((int)size)]).ShouldBe(root, $"partition {partition}");
        var statements = new List<byte[]>();
        for (var number = 1; number <= checkpoint.Number; number++)
            statements.Add(CheckpointNote.Read((await stage.Checkpoints.Find(number, Cancel))!.Note).Statement.Leaf);
        SlowLog.Root([.. statements]).ShouldBe(CheckpointNote.Read(checkpoint.Note).Root);
    }

    private async Task ShouldExtend(Checkpoint earlier, Checkpoint later)
    {
        var proof = (await stage.Checkpoints.Consistency(earlier.Number, later.Number, Cancel)).ShouldNotBeNull();
        SlowLog.Extends(
            proof.Proof, earlier.Number, CheckpointNote.Read(earlier.Note).Root, later.Number, CheckpointNote.Read(later.Note).Root)
            .ShouldBeTrue($"{earlier.Number} {later.Number}");
        proof.Partitions.Select(log => log.Partition).ShouldBe(earlier.Logs.Where(log => log.Size > 0).Select(log => log.Partition));
        foreach (var log in proof.Partitions)
        {
            var (before, after) = (earlier.Logs[log.Partition], later.Logs[log.Partition]);
            (log.FromSize, log.ToSize).ShouldBe((before.Size, after.Size));
            SlowLog.Extends(log.Proof, before.Size, before.Root, after.Size, after.Root).ShouldBeTrue($"partition {log.Partition}");
        }
    }

    private async Task<byte[][]> Enrol(int count)
    {
        var handles = Enumerable.Range(0, count).Select(_ => Some.Handle()).ToArray();
        foreach (var handle in handles) (await stage.PostgresEnrolments.Enrol(Some.Enrolment(Some.Locators(), handle), Cancel)).ShouldBe(0);
        return [.. handles.Select(handle => handle.Hash)];
    }

    private Task Send(byte[][] handles, int count) => stage.PostgresLedger.AppendEvents(
        [.. Enumerable.Range(0, count).Select(i => Some.Event(handles[i % handles.Length]))], Cancel);

    /// <summary>Cancels when PostgreSQL is asked for the n-th time from now on.</summary>
    private sealed class CutOff : IDisposable
    {
        private readonly System.Diagnostics.ActivityListener listener;
        private int left;

        public CutOff(int after, CancellationTokenSource stop)
        {
            left = after;
            listener = new System.Diagnostics.ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) =>
                    System.Diagnostics.ActivitySamplingResult.AllData,
                ActivityStarted = _ =>
                {
                    if (Interlocked.Decrement(ref left) == 0) stop.Cancel();
                },
            };
            System.Diagnostics.ActivitySource.AddActivityListener(listener);
        }

        public void Dispose() => listener.Dispose();
    }
}
