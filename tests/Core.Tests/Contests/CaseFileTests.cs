using System.Text;
using Scoring.Rules;
using Scoring.Subjects;
using Scoring.Tests.Rules;

namespace Scoring.Contests;

/// <summary>The file by which a case is decided.</summary>
public sealed class CaseFileTests
{
    private static readonly ProgrammeRules Rules =
        SampleDocuments.Read(SampleDocuments.All()).Compile().Find(SampleDrafts.Calm)!;

    private static readonly DateOnly Day = new(2025, 6, 1);

    [Fact]
    public void It_shows_the_event_and_each_rule_about_its_type_with_the_points_that_it_gives()
    {
        var file = Compose("""{"data":{"calm":true,"km":3,"road":"city"},"source":"urn:x","type":"traffic.trip"}""");
        file.ShouldSatisfyAllConditions(
            () => file.Case.ShouldBe(new string('c', 22)),
            () => file.Programme.ShouldBe(SampleDrafts.Calm),
            () => file.Grounds.ShouldBe([ContestGround.WrongValue]),
            () => (file.OpenedOn, file.DueOn, file.Day).ShouldBe((Day.AddDays(1), Day.AddDays(21), Day)),
            () => (file.EventType, file.Source, file.RuleSet).ShouldBe(("traffic.trip", "urn:y", 1)),
            () => Encoding.UTF8.GetString(file.Data).ShouldBe("""{"calm":true,"km":3,"road":"city"}"""));
        file.Rules.Select(rule => (rule.Rule.Id, rule.Points)).ShouldBe([("trips", 5), ("roads", 2)]);
    }

    [Fact]
    public void A_rule_that_does_not_apply_gives_no_points_and_is_shown() =>
        Compose("""{"data":{"calm":false,"km":3},"source":"urn:x","type":"traffic.trip"}""").Rules
            .Select(rule => (rule.Rule.Id, rule.Points)).ShouldBe([("trips", 0), ("roads", 0)]);

    [Fact]
    public void An_event_that_cannot_be_valued_is_shown_without_points() =>
        Compose("""{"data":{"km":"far"},"source":"urn:x","type":"traffic.trip"}""").Rules
            .Select(rule => rule.Points).ShouldBe([0, 0]);

    [Fact]
    public void Rules_about_other_types_are_not_shown() =>
        Compose("""{"data":{},"source":"urn:x","type":"surveillance.camera"}""").Rules.ShouldBeEmpty();

    private static CaseFile Compose(string body) => CaseFileBuilder.Compose(
        new FoundCase(
            new SubjectId(1),
            new StoredContest(
                new string('c', 22), SampleDrafts.Calm, 3, Guid.Empty, "urn:y", [ContestGround.WrongValue], Day.AddDays(1),
                Day.AddDays(21), null),
            new ContestedEvent(Guid.Empty, Day, Encoding.UTF8.GetBytes(body))),
        Rules);
}
