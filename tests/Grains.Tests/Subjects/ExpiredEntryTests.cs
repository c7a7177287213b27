using System.Text;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Testing;

namespace Scoring.Subjects;

/// <summary>Entries past their retention are gaps in a history: at its start and, after a late event, also further on.</summary>
public sealed class ExpiredEntryTests
{
    [Theory]
    [InlineData("100000")]
    [InlineData("20")]
    public async Task Scores_are_the_same_before_and_after_expiry_with_and_without_snapshots(string snapshotEntries)
    {
        await using var city = await TestCity.Start(settings: new()
        {
            ["Subjects:SnapshotEntries"] = snapshotEntries, ["Subjects:PageEntries"] = "7",
        });
        var subject = AddOldHistory(city);
        var grain = city.Grains.GetGrain<IVehicleGrain>(1);
        var last = city.Ledger.EntriesOf(subject).Count + 1;
        var days = Enumerable.Range(0, 40).Select(n => TestCity.Today.AddDays(n * 10)).ToArray();
        var before = new List<long>();
        foreach (var day in days) before.Add((await grain.ScoreBelow(last, day))!.Score);
        before.Distinct().Count().ShouldBeGreaterThan(5);
        var whole = (await grain.Explain())!;

        var expired = city.Ledger.EntriesOf(subject)
            .Where(entry => entry.Day < TestCity.Today.AddDays(-732) && entry.Kind == EntryKind.Event)
            .Select(entry => entry.Turn).ToHashSet();
        expired.Count.ShouldBeGreaterThan(5);
        expired.Max().ShouldBeGreaterThan(expired.Count + 1L, "a late entry expires after one that is kept");
        city.Ledger.IsExpired = expired.Contains;
        for (var round = 0; round < 2; round++)
        {
            foreach (var (day, score) in days.Zip(before)) (await grain.ScoreBelow(last, day))!.Score.ShouldBe(score, $"{round}: {day}");
            var explanation = (await grain.Explain())!;
            (explanation.Score, explanation.Turn, explanation.Rules.Length).ShouldBe((whole.Score, whole.Turn, whole.Rules.Length));
            explanation.Fades.ShouldBe(whole.Fades);
            await city.Cluster.DeactivateAsync(grain.GetGrainId());
        }
        (city.Ledger.SnapshotOf(subject) is not null).ShouldBe(snapshotEntries == "20");
        // The stream delivers later entries as before.
        city.Append(subject);
        await city.Score(subject);
        var next = city.Append(subject);
        await TestCity.Until(() => city.Deliveries.Taken(subject) >= next, "the entry is delivered");
        (await grain.ScoreBelow(next + 1, TestCity.Today))!.Score.ShouldBe(before[0] + 14);
    }

    [Fact]
    public async Task A_snapshot_records_the_earliest_day_that_it_covers()
    {
        await using var city = await TestCity.Start(settings: new() { ["Subjects:SnapshotEntries"] = "5" });
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        foreach (var daysAgo in new[] { 500, 300, 310, 200, 100, 0 }) city.Append(subject, daysAgo: daysAgo);
        await city.Score(subject);
        await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(1).GetGrainId());
        city.Ledger.SnapshotOf(subject)!.Oldest.ShouldBe(TestCity.Today.AddDays(-310));
    }

    [Fact]
    public async Task A_renewal_after_an_erasure_finds_that_the_subject_has_left()
    {
        await using var city = await TestCity.Start(silos: 1, settings: new()
        {
            ["Partitions:LeaseSeconds"] = "5", ["Subjects:RenewSeconds"] = "1",
        });
        var subject = await LedgerStreamTests.Activated(city, 1);
        city.Append(subject);
        await city.Score(subject);
        city.Ledger.Erase(subject);
        // The activation missed the erasure. Its registration is gone, so it reads the ledger when it renews.
        await city.PartitionOf(subject).Forget(subject, 0);
        await TestCity.Until(() => !city.IsActive(subject), "the activation has ended on its own");
    }

    [Fact]
    public async Task The_receipt_is_found_when_the_first_consent_has_expired()
    {
        await using var city = await TestCity.Start(silos: 1);
        var enrolment = new NewEnrolment(
            new SubjectId(5), SubjectKind.Vehicle, TestProgrammes.Vehicles, "a", TestCity.Today.ToDateTime(default, DateTimeKind.Utc),
            TestCity.Today, new byte[32], [TestCity.Keys.Locator("anna", TestProgrammes.Vehicles, 0)], [Consent("first", "a")], [], 1);
        await city.Ledger.Enrol(enrolment, CancellationToken.None);
        await city.Ledger.RenewConsent(
            enrolment.Locators[0], "b", 2, new(EntryKind.ConsentRenewed, Guid.NewGuid(), TestCity.Today, Consent("second", "b")),
            CancellationToken.None);
        city.Append(enrolment.Subject);
        var grain = city.Grains.GetGrain<IEnrolmentGrain>(0);
        var own = new OwnSubject("anna", TestProgrammes.Vehicles, 0);
        (await grain.Receipt(own)).ShouldBe("second");
        city.Ledger.IsExpired = turn => turn == 1;
        (await grain.Receipt(own)).ShouldBe("second");
        (await grain.History(own, null, 10))!.Entries.Length.ShouldBe(2);
    }

    /// <summary>A subject with 90 events of about 840 to -20 days ago, some of them late.</summary>
    private static SubjectId AddOldHistory(TestCity city)
    {
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        var random = new Random(7);
        for (var i = 0; i < 90; i++)
            city.Append(subject, random.Next(3) == 0 ? -3 : 7, daysAgo: 810 - (i * 9) + random.Next(-30, 30));
        return subject;
    }

    private static byte[] Consent(string receipt, string ruleSet) =>
        Encoding.UTF8.GetBytes($"{{\"receipt\":\"{receipt}\",\"ruleSet\":\"{ruleSet}\"}}");
}
