using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Scoring.Hosting;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.Ledger;

public sealed class LedgerStreamTests
{
    [Fact]
    public async Task An_active_subject_gets_its_entries_from_the_stream_and_reads_nothing()
    {
        await using var city = await TestCity.Start();
        var subject = await Activated(city, 1);
        var reads = city.Ledger.Reads(subject);
        using var measured = new MeasureListener(ofAllFlows: true);
        Mark(city, subject, TimeProvider.System.GetUtcNow().AddSeconds(-5));
        for (var i = 0; i < 50; i++) city.Append(subject, i % 3 == 0 ? -3 : 7);
        await city.Deliveries.Until(() => city.Deliveries.Taken(subject) == 51, "the stream has delivered to the subject");

        (await city.Score(subject))!.Score.ShouldBe(city.Expected(subject));
        city.Ledger.Reads(subject).ShouldBe(reads);
        // No other test of this project says when entries were taken.
        await TestCity.Until(() => measured.Count("scoring.subjects.freshness") > 0, "freshness is measured");
        (measured.Sum("scoring.subjects.freshness") / measured.Count("scoring.subjects.freshness")).ShouldBeInRange(5, 60);
    }

    [Fact]
    public async Task An_inactive_subject_costs_nothing()
    {
        await using var city = await TestCity.Start();
        var active = await Activated(city, 1);
        // Both subjects are in the same partition.
        var inactive = city.Ledger.Add(5, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        for (var i = 0; i < 20; i++) city.Append(inactive);
        city.Append(active);
        await city.Deliveries.Until(() => city.Deliveries.Taken(active) == 2, "the stream has continued");

        city.Deliveries.Taken(inactive).ShouldBe(0);
        city.IsActive(inactive).ShouldBeFalse();
        city.Ledger.Reads(inactive).ShouldBe(0);
    }

    public enum DeliveryFault
    {
        Lost,
        Repeated,
        Shuffled,
        Late,
    }

    [Theory]
    [InlineData(DeliveryFault.Lost)]
    [InlineData(DeliveryFault.Repeated)]
    [InlineData(DeliveryFault.Shuffled)]
    [InlineData(DeliveryFault.Late)]
    public async Task A_faulty_delivery_changes_no_score(DeliveryFault fault)
    {
        await using var city = await TestCity.Start();
        var subject = await Activated(city, 1);
        var deliveries = 0;
        var faulty = 0;
        var held = ImmutableArray<Entry>.Empty;
        city.Deliveries.Policy = entries =>
        {
            if (++deliveries % 2 == 0) return entries;
            faulty++;
            if (fault == DeliveryFault.Lost) return [];
            if (fault == DeliveryFault.Repeated) return [.. entries, .. entries];
            if (fault == DeliveryFault.Shuffled) return [.. entries.Reverse()];
            var late = held;
            held = entries;
            return late;
        };
        for (var i = 0; i < 100; i++)
        {
            var turn = city.Append(subject, i % 4 == 0 ? -3 : 7);
            if (i % 5 == 4) await city.Deliveries.Until(() => city.Deliveries.Taken(subject) == turn, "the stream has continued");
            if (i % 10 == 9) (await city.Score(subject))!.Score.ShouldBe(city.Expected(subject));
        }
        await city.Deliveries.Until(() => city.Deliveries.Taken(subject) == 101, "every entry was delivered");
        (await city.Score(subject))!.Score.ShouldBe(city.Expected(subject));
        faulty.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public async Task A_gap_in_the_stream_is_filled_from_the_ledger()
    {
        await using var city = await TestCity.Start(settings: new() { ["Partitions:HolePageRows"] = "7" });
        var subject = await Activated(city, 1);
        var lost = 0;
        // A partition reads 2000 rows at a time; the stream reads other numbers of rows and loses entries here.
        city.Ledger.SliceFault = (slice, count) =>
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
        city.Ledger.SliceFault = null;
        var last = city.Append(subject);
        await city.Deliveries.Until(() => city.Deliveries.Taken(subject) == last, "the stream has continued");

        city.Ledger.Reads(subject).ShouldBe(reads, "the partition fills the gap for its subjects");
        (await city.Score(subject))!.Score.ShouldBe(city.Expected(subject));
    }

    [Fact]
    public async Task A_queue_that_moves_to_another_silo_loses_no_subject()
    {
        await using var city = await TestCity.Start(silos: 3);
        var subjects = new List<SubjectId>();
        for (var n = 1; n <= 12; n++) subjects.Add(await Activated(city, n));
        using var stop = new CancellationTokenSource();
        var appending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (var subject in subjects) city.Append(subject);
                await Task.Delay(1, CancellationToken.None);
            }
        });
        await city.Deliveries.Until(() => subjects.All(s => city.Deliveries.Taken(s) > 3), "every subject has deliveries");
        await city.Cluster.StopSiloAsync(city.Cluster.Silos[^1]);
        // The next query activates the stopped silo's subjects on another silo. The others notice that their partition has lost them.
        foreach (var subject in subjects) (await city.Score(subject, 3))!.Score.ShouldBe(city.Expected(subject, 3));
        var marks = subjects.ToDictionary(s => s, s => city.Ledger.EntriesOf(s).Count);
        await city.Deliveries.Until(() => subjects.All(s => city.Deliveries.Taken(s) > marks[s]), "every subject has deliveries again");
        await stop.CancelAsync();
        await appending;

        foreach (var subject in subjects) (await city.Score(subject))!.Score.ShouldBe(city.Expected(subject));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_restarted_partition_is_noticed_and_missed_entries_are_read(int silos)
    {
        await using var city = await TestCity.Start(silos);
        var subject = await Activated(city, 1);
        await city.Cluster.DeactivateAsync(city.PartitionOf(subject).GetGrainId());
        var missed = city.Append(subject);
        // No query arrives, so the renewal alone must notice.
        var reads = city.Ledger.Reads(subject);
        await TestCity.Until(() => city.Ledger.Reads(subject) > reads, "the lost registration is noticed");
        var delivered = city.Append(subject);
        await city.Deliveries.Until(() => city.Deliveries.Taken(subject) == delivered, "the subject has deliveries again");

        delivered.ShouldBe(missed + 1);
        (await city.Score(subject))!.Score.ShouldBe(city.Expected(subject));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_removed_registration_is_noticed(int silos)
    {
        await using var city = await TestCity.Start(silos);
        var subject = await Activated(city, 1);
        await city.PartitionOf(subject).Forget(subject, 0);
        city.Append(subject);
        var reads = city.Ledger.Reads(subject);
        await TestCity.Until(() => city.Ledger.Reads(subject) > reads, "the lost registration is noticed");
        var delivered = city.Append(subject);
        await city.Deliveries.Until(() => city.Deliveries.Taken(subject) == delivered, "the subject has deliveries again");
        (await city.Score(subject))!.Score.ShouldBe(city.Expected(subject));
    }

    [Fact]
    public async Task A_subject_that_does_not_answer_delays_no_other()
    {
        await using var city = await TestCity.Start(settings: new()
        {
            ["Partitions:DeliveryTimeoutMs"] = "50", ["Subjects:RenewSeconds"] = "500",
        });
        var blocked = await Activated(city, 1);
        var other = await Activated(city, 5);
        var never = new TaskCompletionSource();
        city.Deliveries.Before = subject => subject == blocked ? never.Task : Task.CompletedTask;
        for (var i = 0; i < 20; i++)
        {
            city.Append(blocked);
            city.Append(other);
        }
        await city.Deliveries.Until(() => city.Deliveries.Taken(other) == 21, "the others have deliveries");
        never.SetResult();
        (await city.Score(blocked))!.Score.ShouldBe(city.Expected(blocked));
    }

    [Fact]
    public async Task A_deactivated_subject_is_not_activated_by_the_stream()
    {
        await using var city = await TestCity.Start();
        var subject = await Activated(city, 1);
        await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(1).GetGrainId());
        var other = await Activated(city, 5);
        var missed = city.Append(subject);
        var delivered = city.Append(other);
        await city.Deliveries.Until(() => city.Deliveries.Taken(other) == delivered, "the stream has continued");

        city.Deliveries.Taken(subject).ShouldBeLessThan(missed);
        city.IsActive(subject).ShouldBeFalse();
    }

    /// <summary>Says when the writer has taken the next entries of a subject's partition.</summary>
    private static void Mark(TestCity city, SubjectId subject, DateTimeOffset at)
    {
        var partition = (int)((ulong)subject.Value % (ulong)city.Ledger.PartitionCount);
        foreach (var silo in city.Cluster.Silos)
            city.Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<LedgerTail>()
                .Mark(partition, city.Ledger.Head(partition) + 1000, at.UtcTicks);
    }

    /// <summary>Adds a subject and activates it with a query, so that it is registered at its partition.</summary>
    internal static async Task<SubjectId> Activated(TestCity city, long number)
    {
        var subject = city.Ledger.Add(number, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        (await city.Score(subject))!.Score.ShouldBe(TestProgrammes.Floor);
        return subject;
    }
}
