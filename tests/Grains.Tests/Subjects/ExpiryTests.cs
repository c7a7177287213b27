using System.Text;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Streams;

namespace Scoring.Subjects;

/// <summary>Entries past their retention are holes in a history, at its beginning and, where an event was late, further on.</summary>
public sealed class ExpiryTests
{
    [Theory]
    [InlineData("100000")]
    [InlineData("20")]
    public async Task Scores_are_the_same_before_and_after_whoever_folds(string snapshotEntries)
    {
        await using var city = await TestCity.Start(settings: new()
        {
            ["Subjects:SnapshotEntries"] = snapshotEntries, ["Subjects:PageEntries"] = "7",
        });
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        var dice = new Random(7);
        for (var i = 0; i < 90; i++) city.Append(subject, dice.Next(3) == 0 ? -3 : 7, daysAgo: 810 - (i * 9) + dice.Next(-30, 30));
        var grain = city.Grains.GetGrain<IVehicleGrain>(1);
        var last = city.Ledger.EntriesOf(subject).Count + 1;
        var days = Enumerable.Range(0, 40).Select(n => TestCity.Today.AddDays(n * 10)).ToArray();
        var before = new List<long>();
        foreach (var day in days) before.Add((await grain.ScoreBelow(last, day))!.Score);
        before.Distinct().Count().ShouldBeGreaterThan(5);
        var whole = (await grain.Explain())!;

        var gone = city.Ledger.EntriesOf(subject).Where(entry => entry.Day < TestCity.Today.AddDays(-732) && entry.Kind == EntryKind.Event)
            .Select(entry => entry.Turn).ToHashSet();
        gone.Count.ShouldBeGreaterThan(5);
        gone.Max().ShouldBeGreaterThan(gone.Count + 1L, "a late one stands behind one that is kept");
        city.Ledger.IsGone = gone.Contains;
        for (var round = 0; round < 2; round++)
        {
            foreach (var (day, score) in days.Zip(before)) (await grain.ScoreBelow(last, day))!.Score.ShouldBe(score, $"{round}: {day}");
            var told = (await grain.Explain())!;
            (told.Score, told.Turn, told.Rules.Length).ShouldBe((whole.Score, whole.Turn, whole.Rules.Length));
            told.Fades.ShouldBe(whole.Fades);
            await city.Cluster.DeactivateAsync(grain.GetGrainId());
        }
        (city.Ledger.SnapshotOf(subject) is not null).ShouldBe(snapshotEntries == "20");
        // What comes after is folded on by the stream as ever.
        city.Append(subject);
        await city.Ask(subject);
        var next = city.Append(subject);
        await TestCity.Until(() => city.Meddler.Taken(subject) >= next, "it is handed on");
        (await grain.ScoreBelow(next + 1, TestCity.Today))!.Score.ShouldBe(before[0] + 14);
    }

    [Fact]
    public async Task A_snapshot_tells_the_earliest_day_that_it_holds_anything_of()
    {
        await using var city = await TestCity.Start(settings: new() { ["Subjects:SnapshotEntries"] = "5" });
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        foreach (var daysAgo in new[] { 500, 300, 310, 200, 100, 0 }) city.Append(subject, daysAgo: daysAgo);
        await city.Ask(subject);
        await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(1).GetGrainId());
        city.Ledger.SnapshotOf(subject)!.Oldest.ShouldBe(TestCity.Today.AddDays(-310));
    }

    [Fact]
    public async Task Reading_to_the_end_behind_an_erasure_finds_that_it_has_left()
    {
        await using var city = await TestCity.Start(silos: 1, settings: new()
        {
            ["Partitions:LeaseSeconds"] = "5", ["Subjects:RenewSeconds"] = "1",
        });
        var subject = await StreamTests.Awake(city, 1);
        city.Append(subject);
        await city.Ask(subject);
        city.Ledger.Erase(subject);
        // As an activation that nobody told to forget: its registration is gone, so it looks into the ledger when it renews.
        await city.PartitionOf(subject).Forget(subject, 0);
        await TestCity.Until(() => !city.IsAwake(subject), "it has left by itself");
    }

    [Fact]
    public async Task The_receipt_is_found_when_the_first_consent_is_gone()
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
        city.Ledger.IsGone = turn => turn == 1;
        (await grain.Receipt(own)).ShouldBe("second");
        (await grain.History(own, null, 10))!.Entries.Length.ShouldBe(2);
    }

    private static byte[] Consent(string receipt, string ruleSet) =>
        Encoding.UTF8.GetBytes($"{{\"receipt\":\"{receipt}\",\"ruleSet\":\"{ruleSet}\"}}");
}
