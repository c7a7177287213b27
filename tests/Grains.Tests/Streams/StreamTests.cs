using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Runtime;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Streams;

public sealed class StreamTests
{
    [Fact]
    public async Task An_awake_subject_is_fed_by_the_stream_and_reads_nothing()
    {
        await using var city = await TestCity.Start();
        var subject = await Awake(city, 1);
        var reads = city.Ledger.Reads(subject);
        for (var i = 0; i < 50; i++) city.Append(subject, i % 3 == 0 ? -3 : 7);
        await city.Meddler.Until(() => city.Meddler.Taken(subject) == 51, "the stream has fed the subject");

        (await city.Ask(subject))!.Score.ShouldBe(city.Expected(subject));
        city.Ledger.Reads(subject).ShouldBe(reads);
    }

    [Fact]
    public async Task Whoever_is_not_awake_costs_nothing()
    {
        await using var city = await TestCity.Start();
        var awake = await Awake(city, 1);
        // The same partition.
        var asleep = city.Ledger.Add(5, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        for (var i = 0; i < 20; i++) city.Append(asleep);
        city.Append(awake);
        await city.Meddler.Until(() => city.Meddler.Taken(awake) == 2, "the stream has gone on");

        city.Meddler.Taken(asleep).ShouldBe(0);
        city.IsAwake(asleep).ShouldBeFalse();
        city.Ledger.Reads(asleep).ShouldBe(0);
    }

    public enum Trouble
    {
        Lost,
        Repeated,
        Shuffled,
        Late,
    }

    [Theory]
    [InlineData(Trouble.Lost)]
    [InlineData(Trouble.Repeated)]
    [InlineData(Trouble.Shuffled)]
    [InlineData(Trouble.Late)]
    public async Task A_delivery_in_trouble_changes_no_score(Trouble trouble)
    {
        await using var city = await TestCity.Start();
        var subject = await Awake(city, 1);
        var (handed, meddled) = (0, 0);
        var held = ImmutableArray<Entry>.Empty;
        city.Meddler.Policy = entries =>
        {
            if (++handed % 2 == 0) return entries;
            meddled++;
            if (trouble == Trouble.Lost) return [];
            if (trouble == Trouble.Repeated) return [.. entries, .. entries];
            if (trouble == Trouble.Shuffled) return [.. entries.Reverse()];
            (var now, held) = (held, entries);
            return now;
        };
        for (var i = 0; i < 100; i++)
        {
            var turn = city.Append(subject, i % 4 == 0 ? -3 : 7);
            if (i % 5 == 4) await city.Meddler.Until(() => city.Meddler.Taken(subject) == turn, "the stream has gone on");
            if (i % 10 == 9) (await city.Ask(subject))!.Score.ShouldBe(city.Expected(subject));
        }
        await city.Meddler.Until(() => city.Meddler.Taken(subject) == 101, "everything was handed over");
        (await city.Ask(subject))!.Score.ShouldBe(city.Expected(subject));
        meddled.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public async Task A_hole_in_the_stream_is_filled_from_the_ledger()
    {
        await using var city = await TestCity.Start(settings: new() { ["Partitions:HolePageRows"] = "7" });
        var subject = await Awake(city, 1);
        var lost = 0;
        // The stream's own readings ask for other numbers of rows than the partition's.
        city.Ledger.Meddle = (slice, count) =>
        {
            if (count != 2000 || slice.Entries.Length < 2) return slice;
            Interlocked.Increment(ref lost);
            return slice with { After = slice.To - 1, Entries = [slice.Entries[^1]] };
        };
        var reads = city.Ledger.Reads(subject);
        await TestCity.Until(() =>
        {
            for (var i = 0; i < 20; i++) city.Append(subject);
            return lost > 0;
        }, "the stream has lost entries");
        city.Ledger.Meddle = null;
        var last = city.Append(subject);
        await city.Meddler.Until(() => city.Meddler.Taken(subject) == last, "the stream has gone on");

        city.Ledger.Reads(subject).ShouldBe(reads, "the partition fills the hole for its subjects");
        (await city.Ask(subject))!.Score.ShouldBe(city.Expected(subject));
    }

    [Fact]
    public async Task A_queue_that_moves_to_another_silo_loses_nobody()
    {
        await using var city = await TestCity.Start(silos: 3);
        var subjects = new List<SubjectId>();
        for (var n = 1; n <= 12; n++) subjects.Add(await Awake(city, n));
        using var stop = new CancellationTokenSource();
        var asking = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (var subject in subjects) city.Append(subject);
                await Task.Delay(1, CancellationToken.None);
            }
        });
        await city.Meddler.Until(() => subjects.All(s => city.Meddler.Taken(s) > 3), "everybody is fed");
        await city.Cluster.StopSiloAsync(city.Cluster.Silos[^1]);
        // Whoever lived there wakes elsewhere at the next question; the others notice that their partition has forgotten them.
        foreach (var subject in subjects) (await city.Ask(subject, 3))!.Score.ShouldBe(city.Expected(subject, 3));
        var marks = subjects.ToDictionary(s => s, s => city.Ledger.EntriesOf(s).Count);
        await city.Meddler.Until(() => subjects.All(s => city.Meddler.Taken(s) > marks[s]), "everybody is fed again");
        await stop.CancelAsync();
        await asking;

        foreach (var subject in subjects) (await city.Ask(subject))!.Score.ShouldBe(city.Expected(subject));
    }

    [Fact]
    public async Task A_partition_that_starts_anew_is_found_out_and_what_was_missed_is_read()
    {
        await using var city = await TestCity.Start();
        var subject = await Awake(city, 1);
        await city.Cluster.DeactivateAsync(city.PartitionOf(subject).GetGrainId());
        var missed = city.Append(subject);
        // Nobody asks: the renewal alone must notice.
        var reads = city.Ledger.Reads(subject);
        await TestCity.Until(() => city.Ledger.Reads(subject) > reads, "the lost registration is noticed");
        var fed = city.Append(subject);
        await city.Meddler.Until(() => city.Meddler.Taken(subject) == fed, "the subject is fed again");

        fed.ShouldBe(missed + 1);
        (await city.Ask(subject))!.Score.ShouldBe(city.Expected(subject));
    }

    [Fact]
    public async Task A_registration_that_is_struck_off_is_noticed()
    {
        await using var city = await TestCity.Start();
        var subject = await Awake(city, 1);
        await city.PartitionOf(subject).Forget(subject, 0);
        city.Append(subject);
        var reads = city.Ledger.Reads(subject);
        await TestCity.Until(() => city.Ledger.Reads(subject) > reads, "the lost registration is noticed");
        var fed = city.Append(subject);
        await city.Meddler.Until(() => city.Meddler.Taken(subject) == fed, "the subject is fed again");
        (await city.Ask(subject))!.Score.ShouldBe(city.Expected(subject));
    }

    [Fact]
    public async Task A_subject_that_does_not_answer_holds_nobody_up()
    {
        await using var city = await TestCity.Start(settings: new()
        {
            ["Partitions:DeliveryTimeoutMs"] = "50", ["Subjects:RenewSeconds"] = "500",
        });
        var bad = await Awake(city, 1);
        var good = await Awake(city, 5);
        var never = new TaskCompletionSource();
        city.Meddler.Before = subject => subject == bad ? never.Task : Task.CompletedTask;
        for (var i = 0; i < 20; i++)
        {
            city.Append(bad);
            city.Append(good);
        }
        await city.Meddler.Until(() => city.Meddler.Taken(good) == 21, "the others are fed");
        never.SetResult();
        (await city.Ask(bad))!.Score.ShouldBe(city.Expected(bad));
    }

    [Fact]
    public async Task A_subject_gone_to_sleep_is_not_woken_by_the_stream()
    {
        await using var city = await TestCity.Start();
        var subject = await Awake(city, 1);
        await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(1).GetGrainId());
        var other = await Awake(city, 5);
        var missed = city.Append(subject);
        var fed = city.Append(other);
        await city.Meddler.Until(() => city.Meddler.Taken(other) == fed, "the stream has gone on");

        city.Meddler.Taken(subject).ShouldBeLessThan(missed);
        city.IsAwake(subject).ShouldBeFalse();
    }

    /// <summary>A subject that has been asked and is registered.</summary>
    internal static async Task<SubjectId> Awake(TestCity city, long number)
    {
        var subject = city.Ledger.Add(number, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        (await city.Ask(subject))!.Score.ShouldBe(TestProgrammes.Floor);
        return subject;
    }
}
