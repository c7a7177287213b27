using System.Reflection;
using Scoring.Administration;
using Scoring.Client;
using Scoring.Languages;

namespace Scoring.Notices;

/// <summary>The sentences of what happened.</summary>
public sealed class NoticeWordingTests
{
    /// <summary>Bodies of the kinds whose sentence says something of them. Every other kind has a sentence of its own.</summary>
    private static readonly Dictionary<string, string[]> Bodies = new()
    {
        ["event"] = ["""{"data":{},"source":"urn:traffic","type":"traffic.trip"}"""],
        ["queried"] = ["""{"at":"2026-11-24T10:00:00Z","grant":"g","reference":"r","service":"parking-desk"}"""],
        ["looked"] =
        [
            """{"at":"2026-11-24T10:00:00Z","by":"auditor","case":"c","purpose":"complaint"}""",
            """{"at":"2026-11-24T10:00:00Z","by":"administrator","case":"c","purpose":"contest"}""",
            """{"by":"a later role"}""",
        ],
        ["corrected"] = ["""{"data":{},"day":"2026-11-20","reason":"value-was-wrong","source":"urn:traffic","turn":3,"type":"t"}"""],
        ["contest-opened"] = ["""{"data":{},"day":"2026-11-20","dueDay":"2026-12-24","ground":"not-mine","turn":3}"""],
        ["contest-decided"] =
        [
            """{"by":"platform","reason":"undecided-in-time","turn":3,"upheld":true}""",
            """{"by":"administrator","reason":"source-confirmed","turn":3,"upheld":false}""",
        ],
        ["contest-extended"] = ["""{"dueDay":"2027-01-08","ground":"wrong-day","turn":3}"""],
        ["handle-linked"] = ["""{"handle":"h","source":"urn:traffic"}"""],
        ["handle-unlinked"] = ["""{"handle":"h","source":"urn:traffic"}"""],
        ["granted"] =
        [
            """{"grant":"g","service":"parking-desk","until":null}""",
            """{"grant":"g","service":"parking-desk","until":"2026-12-31T23:00:00Z","uses":5}""",
        ],
        ["audit-code-given"] = ["""{"expiresOn":"2026-12-24"}"""],
    };

    private static readonly Dictionary<string, string[]> Details = new()
    {
        [AdminActions.Published] =
        [
            "{}",
            """{"number":2,"firstDay":"2026-12-24","widens":false}""",
            """{"number":2,"firstDay":"2026-12-24","widens":true}""",
        ],
        [AdminActions.Proposed] = ["""{"registration":"source/urn:traffic"}"""],
        [AdminActions.ProposalDiscarded] = ["""{"registration":"service/parking-desk"}"""],
        [AdminActions.Registered] = ["""{"registration":"event-type/traffic.trip"}"""],
        [AdminActions.RegistrationSuspended] = ["""{"registration":"source/urn:traffic"}"""],
        [AdminActions.RegistrationResumed] = ["""{"registration":"source/urn:traffic"}"""],
        [AdminActions.RegistrationEnded] = ["""{"registration":"source/urn:traffic"}"""],
        [AdminActions.ContestDecided] = ["""{"grounds":["not-mine"],"reason":"counted-twice","upheld":true}""", """{"upheld":false}"""],
        [AdminActions.AuditOpened] = ["""{"case":"c","expiresOn":"2026-12-24","purpose":"accuracy"}"""],
    };

    public static TheoryData<string> Tags => [.. Language.All.Select(language => language.Tag)];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Every_kind_of_entry_has_a_sentence(string tag)
    {
        foreach (var kind in Words.All<EntryKind>())
        {
            foreach (var body in Bodies.GetValueOrDefault(kind, ["{}"]))
                Sentence(tag, TestNotices.Entry(kind, body)).ShouldNotBeNull($"{kind} {body}");
        }
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Every_act_has_a_sentence(string tag)
    {
        var acts = typeof(AdminActions).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.Name != nameof(AdminActions.ByPlatform))
            .Select(field => (string)field.GetValue(null)!);
        foreach (var act in acts)
        {
            foreach (var details in Details.GetValueOrDefault(act, ["{}"]))
                Sentence(tag, TestNotices.Act(act, details)).ShouldNotBeNull($"{act} {details}");
        }
    }

    [Fact]
    public void A_sentence_names_what_is_registered_and_writes_days_and_reasons_in_words()
    {
        Sentence("en", TestNotices.Entry("queried", Bodies["queried"][0])).ShouldBe("City Parking Ltd asked for your score.");
        Sentence("en", TestNotices.Entry("corrected", Bodies["corrected"][0]))
            .ShouldBe("The event of 20 November 2026 was corrected and no longer counts. Reason: a value was wrong.");
        Sentence("en", TestNotices.Entry("granted", Bodies["granted"][1]))
            .ShouldBe("You let City Parking Ltd ask for your score, until 1 January 2027, 00:00.");
        Sentence("zh-Hans", TestNotices.Act(AdminActions.Proposed, Details[AdminActions.Proposed][0]))
            .ShouldBe("提议变更来源 City traffic。");
    }

    [Theory]
    [InlineData("corrected", "{}")]
    [InlineData("granted", """{"service":7}""")]
    [InlineData("contest-opened", """{"day":"not a day","dueDay":"2026-12-24"}""")]
    [InlineData("a-later-kind", "{}")]
    public void What_a_sentence_cannot_say_is_left_to_the_words_of_the_API(string kind, string body) =>
        Sentence("en", TestNotices.Entry(kind, body)).ShouldBeNull();

    [Fact]
    public void An_act_and_an_entry_of_one_name_have_sentences_of_their_own() =>
        Sentence("en", TestNotices.Act("contest-decided", """{"upheld":true}"""))
            .ShouldNotBe(Sentence("en", TestNotices.Entry("contest-decided", Bodies["contest-decided"][0])));

    private static string? Sentence(string tag, Client.Notice notice) =>
        new NoticeWording(new Texts(Language.Find(tag)!), TestNotices.Programme).Of(notice);
}
