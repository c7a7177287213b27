using System.Text;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.Grants;

public sealed class GrantUseTests
{
    private const string Anna = "anna-pairwise-sub";

    [Fact]
    public async Task A_grant_answers_as_often_as_it_has_uses_and_then_like_an_unknown_one()
    {
        await using var city = await TestCity.Start(settings: new() { ["Participants:GrantsMax"] = "1" });
        var own = await Enrolled(city);
        var subject = city.Ledger.OnlySubject;
        for (var i = 0; i < 8; i++) city.Append(subject);
        var grain = city.Grains.GetGrain<IGrantGrain>(0);
        foreach (var uses in (int[])[0, -1, GrantRequest.UsesMax + 1])
            (await grain.Give(own, new(TestProgrammes.ServiceId, null, uses))).Refusal.ShouldBe(GrantRefusal.UsesOutOfRange);
        var token = (await grain.Give(own, new(TestProgrammes.ServiceId, null, 2))).Granted!.Token;
        Encoding.UTF8.GetString(Last(city, subject).Body).ShouldEndWith(",\"until\":null,\"uses\":2}");

        for (var window = 0; window < 4; window++)
        {
            var answers = new[] { await Query(city, token), await Query(city, token), await Query(city, token) };
            answers.Distinct().ShouldHaveSingleItem().Score.ShouldBe(window < 2 ? TestProgrammes.Floor + 56 : TestProgrammes.Floor);
            var pulses = city.Ledger.Pulses;
            var reads = city.Ledger.TotalReads;
            if (window >= 2)
            {
                (await Query(city, token)).Tier.ShouldBe("baseline");
                (city.Ledger.Pulses - pulses, city.Ledger.TotalReads - reads).ShouldBe((1, 1), "it takes the steps of an unknown token");
            }
            var listed = (await city.Grains.GetGrain<IEnrolmentGrain>(0).Grants(own))!.Value.Single();
            listed.UsesLeft.ShouldBe(Math.Max(0, 1 - window));
            city.Clock.SetUtcNow(answers[0].ValidUntil);
        }
        city.Ledger.EntriesOf(subject).Count(entry => entry.Kind == EntryKind.Queried).ShouldBe(2);

        (await grain.Give(own, new(TestProgrammes.ServiceId))).Granted.ShouldNotBeNull("a used-up grant does not count");
        Encoding.UTF8.GetString(Last(city, subject).Body).ShouldEndWith(",\"until\":null}");
    }

    private static Entry Last(TestCity city, SubjectId subject) => city.Ledger.EntriesOf(subject)[^1];

    private static async Task<OwnSubject> Enrolled(TestCity city)
    {
        var keys = TestCity.Keys;
        var locator = keys.Locator(Anna, TestProgrammes.Vehicles, 0);
        await city.Ledger.Enrol(
            new NewEnrolment(
                new SubjectId(7), SubjectKind.Vehicle, TestProgrammes.Vehicles, new string('a', 64), city.Clock.GetUtcNow(), TestCity.Today,
                new byte[32], [locator], ["{}"u8.ToArray()], [], 1),
            CancellationToken.None);
        return new OwnSubject(Anna, TestProgrammes.Vehicles, 0);
    }

    private static async Task<ScoreAnswer> Query(TestCity city, string token) =>
        (await city.Grains.GetGrain<IScoreQueryGrain>(0).Ask(TestProgrammes.ServiceId, token)).Answer!;
}
