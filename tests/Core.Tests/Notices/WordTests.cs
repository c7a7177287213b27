using System.Reflection;
using System.Text;
using Scoring.Administration;
using Scoring.Ledger;

namespace Scoring.Notices;

public sealed class WordTests
{
    private static readonly EntrySentences.Names Nobody = new(null, null, []);

    [Fact]
    public void Every_kind_of_entry_has_a_sentence_of_its_own()
    {
        var kinds = Enum.GetValues<EntryKind>();
        kinds.Where(kind => !EntrySentences.Knows(kind)).ShouldBeEmpty("a kind needs its row in EntryWords");
        using var empty = StoredBody.Read([]);
        kinds.Select(kind => EntrySentences.Of(kind, empty, Nobody)).Distinct().Count().ShouldBe(kinds.Length);
    }

    [Fact]
    public void Every_act_has_a_sentence_of_its_own()
    {
        var acts = typeof(AdminActions).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.Name != nameof(AdminActions.ByPlatform))
            .Select(field => (string)field.GetRawConstantValue()!).ToArray();
        acts.Length.ShouldBeGreaterThan(10);
        acts.Where(act => !AdminActionSentences.Knows(act)).ShouldBeEmpty("an act needs its row in ActWords");
        using var empty = StoredBody.Read((string?)null);
        acts.Select(act => AdminActionSentences.Of(act, empty)).Distinct().Count().ShouldBe(acts.Length);
    }

    [Fact]
    public void What_a_newer_silo_wrote_is_told_all_the_same()
    {
        using var body = StoredBody.Read("{\"reason\":\"x\"}");
        EntrySentences.Of((EntryKind)200, body, Nobody).ShouldBe("Something was recorded that is told in its body only.");
        AdminActionSentences.Of("divided", body).ShouldBe("An administrative act was recorded that is told in its body only.");
    }

    [Theory]
    [InlineData(EntryKind.Event, """{"data":{},"source":"urn:s","type":"traffic.trip"}""",
        "Traffic sent an event of type traffic.trip, which gives +7 points by the rule trips and -3 points by the rule haste.")]
    [InlineData(EntryKind.Queried, """{"service":"parking"}""", "City Parking Ltd asked for the score.")]
    [InlineData(EntryKind.Granted, """{"grant":"secret-name","service":"parking"}""", "You let City Parking Ltd ask for the score.")]
    [InlineData(EntryKind.HandleLinked, """{"handle":"secret-name","source":"urn:s"}""", "A handle of Traffic was linked.")]
    [InlineData(EntryKind.Corrected, """{"turn":7,"reason":"contest-upheld"}""", "The event of turn 7 was taken away and counts no more.")]
    [InlineData(EntryKind.ContestOpened, """{"turn":7,"dueDay":"2026-12-01"}""",
        "You contested the event of turn 7; undecided after 2026-12-01, it is decided for you.")]
    [InlineData(EntryKind.ContestDecided, """{"turn":7,"upheld":true}""", "Your contest of the event of turn 7 was upheld.")]
    [InlineData(EntryKind.ContestDecided, """{"turn":7,"upheld":false}""", "Your contest of the event of turn 7 was rejected.")]
    public void Sentences_name_what_is_registered_and_numbers_only(EntryKind kind, string body, string sentence)
    {
        using var stored = StoredBody.Read(Encoding.UTF8.GetBytes(body));
        var names = new EntrySentences.Names(
            "City Parking Ltd", "Traffic", [new NoticePoints("trips", "Because.", 7), new NoticePoints("haste", "Because.", -3)]);
        EntrySentences.Of(kind, stored, names).ShouldBe(sentence);
    }

    [Theory]
    [InlineData(AdminActions.Published, """{"number":2,"firstDay":"2026-12-08","widens":false}""",
        "Version 2 of the programme was published, in force from 2026-12-08.")]
    [InlineData(AdminActions.Published, """{"number":2,"firstDay":"2026-12-08","widens":true}""",
        "Version 2 of the programme was published, in force from 2026-12-08; from that day on nothing counts unless you consent to it.")]
    [InlineData(AdminActions.Published, "{}", "A version of the programme was published.")]
    [InlineData(AdminActions.RegistrationSuspended, """{"registration":"source/https://traffic.example"}""",
        "The source https://traffic.example was suspended.")]
    [InlineData(AdminActions.Registered, """{"registration":"event-type/traffic.trip"}""",
        "The event type traffic.trip was registered, or a later version of it.")]
    [InlineData(AdminActions.Proposed, "{}", "A change of a registration was proposed.")]
    public void Acts_are_told_with_what_is_public_of_them(string act, string details, string sentence)
    {
        using var stored = StoredBody.Read(details);
        AdminActionSentences.Of(act, stored).ShouldBe(sentence);
    }
}
