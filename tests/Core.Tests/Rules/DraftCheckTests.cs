using System.Text;
using System.Text.Json.Nodes;
using Scoring.Programmes;
using Scoring.Tests.Rules;

namespace Scoring.Rules;

public sealed class DraftCheckTests
{
    [Fact]
    public void A_draft_without_problems_is_the_version_that_would_be_published()
    {
        var draft = SampleDrafts.Second();
        draft["programme"]!["purpose"] = "Calmer driving.";
        var read = SampleDrafts.Check(draft, SampleDrafts.Published);
        read.Problems.ShouldBeEmpty();
        var version = read.Version!;
        (version.RuleSet.Number, version.RuleSet.FirstDay, version.Widens).ShouldBe((2, new DateOnly(2025, 7, 1), true));
        version.Differences.ShouldBe(["The purpose is now: Calmer driving."]);
        version.RuleSet.Hash.ShouldBe(CanonicalJson.Hash(CanonicalJson.Write(draft["ruleSet"]!)));
        version.Assessment.ReviewBy.ShouldBe(new DateOnly(2025, 12, 31));
        read.Canonical.ShouldBe(CanonicalJson.Write(draft));
        read.Hash.ShouldBe(CanonicalJson.Hash(read.Canonical));
    }

    [Fact]
    public void A_published_draft_is_read_back_as_the_same_version()
    {
        var version = SampleDrafts.Check(SampleDrafts.Second(), SampleDrafts.Published).Version!;
        var with = SampleDrafts.Published with { Versions = SampleDrafts.Published.Versions.Add(version) };
        var again = SampleDocuments.ReadAgain(with);
        again.Problems.ShouldBeEmpty();
        again.VersionsOf(SampleDrafts.Calm)[1].RuleSet.Hash.ShouldBe(version.RuleSet.Hash);
        again.Publish(SampleDrafts.Now).Hash.ShouldBe(with.Publish(SampleDrafts.Now).Hash);
    }

    [Fact]
    public void A_programmes_first_draft_needs_less_notice()
    {
        SampleDrafts.Problems(SampleDrafts.First(), SampleDrafts.Unpublished).ShouldBeEmpty();
        var today = SampleDrafts.First();
        today["ruleSet"]!["firstDay"] = "2025-06-15";
        SampleDrafts.Problems(today, SampleDrafts.Unpublished).ShouldBe([("/ruleSet/firstDay", ProblemCode.NoticeTooShort)]);
    }

    [Theory]
    [InlineData("2025-06-29", true)]
    [InlineData("2025-06-28", false)]
    public void Notice_is_counted_from_today_in_the_programmes_zone(string firstDay, bool passes)
    {
        var draft = SampleDrafts.Second();
        draft["ruleSet"]!["firstDay"] = firstDay;
        SampleDrafts.Problems(draft, SampleDrafts.Published).ShouldBe(passes ? [] : [("/ruleSet/firstDay", ProblemCode.NoticeTooShort)]);
        var lateEvening = new DateTimeOffset(2025, 6, 14, 22, 30, 0, TimeSpan.Zero);
        SampleDrafts.Problems(draft, SampleDrafts.Published, lateEvening).Length.ShouldBe(passes ? 0 : 1, "in Berlin it is the 15th");
        SampleDrafts.Problems(draft, SampleDrafts.Published, lateEvening.AddHours(-1)).ShouldBeEmpty("in Berlin it is the 14th");
    }

    [Theory]
    [InlineData("2025-06-14", ProblemCode.ReviewPast)]
    [InlineData("2025-06-30", ProblemCode.ReviewPast)]
    [InlineData("2025-07-01", null)]
    [InlineData("2026-06-15", null)]
    [InlineData("2026-06-16", ProblemCode.ReviewTooLate)]
    public void The_review_day_is_between_the_first_day_and_a_year_from_today(string day, string? code)
    {
        var draft = SampleDrafts.Second();
        draft["assessment"]!["reviewBy"] = day;
        SampleDrafts.Problems(draft, SampleDrafts.Published).ShouldBe(code is null ? [] : [("/assessment/reviewBy", code)]);
    }

    [Theory]
    [InlineData("programme", "id", "\"other\"", "/programme/id", ProblemCode.NameMismatch)]
    [InlineData("programme", "floor", "499", "/programme/floor", ProblemCode.NeverChanges)]
    [InlineData("programme", "zone", "\"Europe/Rome\"", "/programme/zone", ProblemCode.NeverChanges)]
    [InlineData("programme", "eventTypes", "[\"traffic.trip\",\"payment.paid\"]", "/programme/eventTypes/1", ProblemCode.ContextMismatch)]
    [InlineData("ruleSet", "number", "3", "/ruleSet/number", ProblemCode.NumberGap)]
    [InlineData("ruleSet", "number", "1", "/ruleSet/number", ProblemCode.NumberGap)]
    [InlineData("ruleSet", "firstDay", "\"2025-01-01\"", "/ruleSet/firstDay", ProblemCode.FirstDayNotLater)]
    [InlineData("assessment", "risks", "[]", "/assessment/risks", ProblemCode.CountWrong)]
    public void A_fault_is_named_from_the_drafts_root(string part, string member, string json, string pointer, string code)
    {
        var draft = SampleDrafts.Second();
        draft[part]![member] = JsonNode.Parse(json);
        var read = SampleDrafts.Check(draft, SampleDrafts.Published);
        read.Problems.ShouldContain(problem => problem.Pointer == pointer && problem.Code == code, string.Join('\n', read.Problems));
        read.Version.ShouldBeNull();
    }

    [Theory]
    [InlineData("programme")]
    [InlineData("ruleSet")]
    [InlineData("assessment")]
    public void A_missing_part_is_named_and_the_others_are_still_checked(string part)
    {
        var draft = SampleDrafts.Second();
        draft["ruleSet"]!["number"] = 7;
        draft["programme"]!["floor"] = 499;
        draft["assessment"]!["reviewBy"] = "2025-01-01";
        draft.Remove(part);
        (string Part, (string, string) Problem)[] all =
        [
            ("programme", ("/programme/floor", ProblemCode.NeverChanges)), ("ruleSet", ("/ruleSet/number", ProblemCode.NumberGap)),
            ("assessment", ("/assessment/reviewBy", ProblemCode.ReviewPast)),
        ];
        var problems = SampleDrafts.Problems(draft, SampleDrafts.Published);
        problems.ShouldContain(($"/{part}", ProblemCode.MemberMissing));
        foreach (var (name, problem) in all) problems.Contains(problem).ShouldBe(name != part, name);
    }

    [Fact]
    public void One_check_reports_all_problems()
    {
        var draft = SampleDrafts.Second();
        draft["more"] = 1;
        draft["programme"]!["zone"] = "Europe/Rome";
        draft["ruleSet"]!["rules"]![0]!["when"] = JsonNode.Parse("""{"attribute":"km","lessThan":0}""");
        draft["ruleSet"]!["firstDay"] = "2025-06-20";
        draft["ruleSet"]!["tiers"]![1]!["from"] = 500;
        draft["assessment"]!["reviewBy"] = "2027-01-01";
        SampleDrafts.Problems(draft, SampleDrafts.Published).ShouldBe(
            [
                ("/more", ProblemCode.MemberUnknown), ("/programme/zone", ProblemCode.NeverChanges),
                ("/ruleSet/rules/0/when", ProblemCode.NeverHolds), ("/ruleSet/tiers/1/from", ProblemCode.TiersNotRising),
                ("/ruleSet/firstDay", ProblemCode.NoticeTooShort), ("/assessment/reviewBy", ProblemCode.ReviewTooLate),
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"programme\":1,\"ruleSet\":[],\"assessment\":\"\"}")]
    [InlineData("{\"programme\":{\"floor\":1.5},\"programme\":{}}")]
    [InlineData("{\"\\ud800\":1}")]
    public void Any_text_that_is_not_a_draft_has_problems(string text)
    {
        var read = DraftCheck.Check(
            Encoding.UTF8.GetBytes(text), SampleDrafts.Calm, SampleDrafts.Published, SampleDrafts.Now, SampleDrafts.Limits);
        read.Problems.ShouldNotBeEmpty();
        read.Version.ShouldBeNull();
        read.Hash.ShouldBe(CanonicalJson.Hash(read.Canonical));
    }

    [Fact]
    public void The_hash_depends_on_the_content_of_a_draft_and_not_on_its_layout()
    {
        var draft = SampleDrafts.Second();
        var reversed = new JsonObject(draft.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        SampleDrafts.Check(reversed, SampleDrafts.Published).Hash.ShouldBe(SampleDrafts.Check(draft, SampleDrafts.Published).Hash);
        reversed["ruleSet"]!["summary"] = "Another.";
        SampleDrafts.Check(reversed, SampleDrafts.Published).Hash.ShouldNotBe(SampleDrafts.Check(draft, SampleDrafts.Published).Hash);
    }
}
