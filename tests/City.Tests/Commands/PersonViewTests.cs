using System.Buffers.Text;
using System.Text.Json;
using Scoring.City.Commands;
using Scoring.Client;

namespace Scoring.City.Tests.Commands;

public sealed class PersonViewTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);
    private static readonly DateTimeOffset At = new(2026, 11, 23, 7, 15, 0, TimeSpan.Zero);

    [Fact]
    public void A_subject_is_shown_with_its_pause_its_coming_rules_and_its_handles() => Lines(PersonView.Subject, new SubjectView(
        "safe-driver", 0, "abc", new DateOnly(2026, 11, 1), [new HandleView("h1", "urn:city:traffic", At)], Lapsed: true,
        Coming: [new ComingChange(2, "def", new DateOnly(2026, 12, 1), "Speeding takes less.", [], false)], Restricted: true)).ShouldBe(
    [
        "safe-driver, subject 0, since 2026-11-01", "  consented to rule set abc", "  paused", "  lapsed: consent must be renewed",
        "  from 2026-12-01: Speeding takes less.", "  handle h1 of urn:city:traffic",
    ]);

    [Fact]
    public void An_effect_is_shown_by_score_and_rule() => Lines(PersonView.Effect, new WhatIfAnswer(
        Day, new ScoreValue(500, "baseline"), new ScoreValue(504, "baseline"), 4,
        [new WhatIfRule("calm", "Calm trips.", 4, 8, 12)],
        new Explanation("safe-driver", Day, 3, 504, "baseline", 500, 1000, 0, 1, [], [], null, [], [])))
        .ShouldBe(["500 points, tier baseline -> 504 points, tier baseline, +4", "  Calm trips.: 8 -> 12"]);

    [Fact]
    public void An_access_is_shown_with_who_why_and_the_answer_and_an_unknown_one_by_its_kind() => Lines(
        PersonView.AccessLog, new AccessPage(
        [
            new AccessView(
                3, EntryKind.Queried, Day, At, "parking-desk", "City Parking Ltd", "Discount", null, "r", new ScoreValue(510, "calm")),
            new AccessView(2, EntryKind.Looked, Day, null, null, null, null, null, null, null),
        ],
        null)).ShouldBe(["2026-11-23T07:15:00Z  City Parking Ltd: Discount", "  answer: 510 points, tier calm", "  looked: "]);

    [Fact]
    public void Grants_are_shown_with_their_uses_left() => Lines<IReadOnlyList<GrantView>>(PersonView.Grants,
    [
        new GrantView("g1", "parking-desk", At, null, 2),
        new GrantView("g2", "parking-desk", At, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)),
    ]).ShouldBe(
    [
        "grant g1 to parking-desk, until revoked, 2 uses left", "grant g2 to parking-desk, until 2026-12-01T00:00:00Z",
    ]);

    [Fact]
    public void Contests_are_shown_with_their_due_day_and_the_reason_of_the_decision() => Lines<IReadOnlyList<ContestView>>(
        PersonView.Contests,
    [
        new ContestView(
            "c2", 9, ContestGround.WrongDay, null, Day, new DateOnly(2026, 12, 23), ContestState.Open, null, null),
        new ContestView(
            "c1", 4, ContestGround.NotMine, null, Day, new DateOnly(2026, 12, 20), ContestState.Upheld, ContestReason.NotTheSubjects, Day),
    ]).ShouldBe(
    [
        "case c2: turn 9, wrong-day, open, due 2026-12-23", "case c1: turn 4, not-mine, upheld, due 2026-12-20, not-the-subjects",
    ]);

    [Fact]
    public void A_live_notice_is_shown_in_its_words_and_the_last_one_by_its_name()
    {
        using var to = new StringWriter { NewLine = "\n" };
        PersonView.Live(to, new LiveNotice("event", "3-1", new Notice(
            "3-1", 3, null, "event", Day, "A trip was noted.", null, null, JsonElement.Parse("{}"))));
        PersonView.Live(to, new LiveNotice(LiveNotice.Withdrawn, null, null));
        to.ToString().ShouldBe("[3-1] 2026-11-23  A trip was noted.\n[] withdrawn\n");
    }

    [Fact]
    public void A_receipt_is_shown_as_it_was_signed() =>
        PersonView.Readable("e30." + Base64Url.EncodeToString("""{"a":1}"""u8) + ".e30").Split('\n').ShouldBe(["{", "  \"a\": 1", "}"]);

    [Fact]
    public void An_empty_list_is_shown_as_such()
    {
        Lines(PersonView.Notices, new NoticesPage([], null)).ShouldBe(["no notices"]);
        Lines(PersonView.AccessLog, new AccessPage([], null)).ShouldBe(["no accesses"]);
        Lines<IReadOnlyList<GrantView>>(PersonView.Grants, []).ShouldBe(["no grants"]);
        Lines<IReadOnlyList<ContestView>>(PersonView.Contests, []).ShouldBe(["no contests"]);
    }

    private static string[] Lines<T>(Action<TextWriter, T> view, T answer)
    {
        using var to = new StringWriter { NewLine = "\n" };
        view(to, answer);
        return to.ToString().TrimEnd('\n').Split('\n');
    }
}
