using System.Buffers.Text;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Scoring.City.Commands;

namespace Scoring.City.Tests.Commands;

public sealed class PersonViewTests
{
    [Fact]
    public void A_subject_is_shown_with_its_pause_its_coming_rules_and_its_handles() => Lines(PersonView.Subject, """
        {"programme":"safe-driver","ordinal":0,"since":"2026-11-01","ruleSet":"abc","restricted":true,"lapsed":true,
         "coming":[{"firstDay":"2026-12-01","summary":"Speeding takes less."}],"handles":[{"id":"h1","source":"urn:city:traffic"}]}
        """).ShouldBe(
    [
        "safe-driver, subject 0, since 2026-11-01", "  consented to rule set abc", "  paused", "  lapsed: consent must be renewed",
        "  from 2026-12-01: Speeding takes less.", "  handle h1 of urn:city:traffic",
    ]);

    [Fact]
    public void An_effect_is_shown_by_score_and_rule() => Lines(PersonView.Effect, """
        {"before":{"score":500,"tier":"baseline"},"after":{"score":504,"tier":"baseline"},"difference":4,
         "rules":[{"reason":"Calm trips.","worthBefore":8,"worthAfter":12}]}
        """).ShouldBe(["500 points, tier baseline -> 504 points, tier baseline, +4", "  Calm trips.: 8 -> 12"]);

    [Fact]
    public void An_access_is_shown_with_who_why_and_the_answer_and_an_unknown_one_by_its_kind() => Lines(PersonView.AccessLog, """
        {"looks":[{"at":"2026-11-23T07:15:00Z","kind":"queried","service":"parking-desk","legalEntity":"City Parking Ltd",
          "purpose":"Discount","answer":{"score":510,"tier":"calm"}},
         {"at":null,"kind":"looked","service":null,"legalEntity":null,"purpose":null,"answer":null}]}
        """).ShouldBe(["2026-11-23T07:15:00Z  City Parking Ltd: Discount", "  answer: 510 points, tier calm", "  looked: "]);

    [Fact]
    public void Grants_are_shown_with_their_uses_left() => Lines(PersonView.Grants, """
        [{"id":"g1","service":"parking-desk","until":null,"usesLeft":2},
         {"id":"g2","service":"parking-desk","until":"2026-12-01T00:00:00Z","usesLeft":null}]
        """).ShouldBe(
    [
        "grant g1 to parking-desk, until revoked, 2 uses left", "grant g2 to parking-desk, until 2026-12-01T00:00:00Z",
    ]);

    [Fact]
    public void Contests_are_shown_with_their_due_day_and_the_reason_of_the_decision() => Lines(PersonView.Contests, """
        [{"case":"c2","turn":9,"ground":"wrong-day","state":"open","dueOn":"2026-12-23","reason":null},
         {"case":"c1","turn":4,"ground":"not-mine","state":"upheld","dueOn":"2026-12-20","reason":"not-the-subjects"}]
        """).ShouldBe(
    [
        "case c2: turn 9, wrong-day, open, due 2026-12-23", "case c1: turn 4, not-mine, upheld, due 2026-12-20, not-the-subjects",
    ]);

    [Fact]
    public void A_live_notice_is_shown_in_its_words_and_the_last_one_by_its_name()
    {
        using var to = new StringWriter { NewLine = "\n" };
        PersonView.Live(to, new SseItem<string>("""{"id":"3-1","day":"2026-11-23","words":"A trip was noted."}""", "event"));
        PersonView.Live(to, new SseItem<string>("", "withdrawn"));
        to.ToString().ShouldBe("[3-1] 2026-11-23  A trip was noted.\n[] withdrawn\n");
    }

    [Fact]
    public void A_receipt_is_shown_as_it_was_signed() =>
        PersonView.Readable("e30." + Base64Url.EncodeToString("""{"a":1}"""u8) + ".e30").Split('\n').ShouldBe(["{", "  \"a\": 1", "}"]);

    [Fact]
    public void An_empty_list_is_shown_as_such()
    {
        Lines(PersonView.Notices, """{"notices":[]}""").ShouldBe(["no notices"]);
        Lines(PersonView.AccessLog, """{"looks":[]}""").ShouldBe(["no accesses"]);
        Lines(PersonView.Grants, "[]").ShouldBe(["no grants"]);
        Lines(PersonView.Contests, "[]").ShouldBe(["no contests"]);
    }

    private static string[] Lines(Action<TextWriter, JsonElement> view, string json)
    {
        using var to = new StringWriter { NewLine = "\n" };
        view(to, JsonElement.Parse(json));
        return to.ToString().TrimEnd('\n').Split('\n');
    }
}
