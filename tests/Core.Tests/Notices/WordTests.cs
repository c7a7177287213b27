using System.Reflection;
using System.Text;
using Scoring.Administration;
using Scoring.Ledger;

namespace Scoring.Notices;

public sealed class WordTests
{
    private static readonly EntrySentences.Names NoNames = new(null, null, []);

    [Fact]
    public void Every_kind_of_entry_has_a_sentence_of_its_own()
    {
        var kinds = Enum.GetValues<EntryKind>();
        kinds.Where(kind => !EntrySentences.Knows(kind)).ShouldBeEmpty("a kind needs its row in EntrySentences");
        using var empty = StoredBody.Read([]);
        kinds.Select(kind => EntrySentences.Of(kind, empty, NoNames)).Distinct().Count().ShouldBe(kinds.Length);
    }

    [Fact]
    public void Every_act_has_a_sentence_of_its_own()
    {
        var acts = typeof(AdminActions).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.Name != nameof(AdminActions.ByPlatform))
            .Select(field => (string)field.GetRawConstantValue()!).ToArray();
        acts.Length.ShouldBeGreaterThan(10);
        acts.Where(act => !AdminActionSentences.Knows(act)).ShouldBeEmpty("an action needs its row in AdminActionSentences");
        using var empty = StoredBody.Read((string?)null);
        acts.Select(act => AdminActionSentences.Of(act, empty)).Distinct().Count().ShouldBe(acts.Length);
    }

    [Fact]
    public void An_entry_or_action_of_a_newer_silo_has_a_general_sentence()
    {
        using var body = StoredBody.Read("{\"reason\":\"x\"}");
        EntrySentences.Of((EntryKind)200, body, NoNames).ShouldBe(
            "An entry was recorded that this version cannot describe. Its body says what it is.");
        AdminActionSentences.Of("divided", body).ShouldBe(
            "An administrative action was recorded that this version cannot describe. Its body says what it is.");
    }

    [Theory]
    [InlineData(EntryKind.Event, """{"data":{},"source":"urn:s","type":"traffic.trip"}""",
        "Traffic sent an event of type traffic.trip, which gives +7 points by the rule trips and -3 points by the rule haste.")]
    [InlineData(EntryKind.Queried, """{"service":"parking"}""", "City Parking Ltd asked for the score.")]
    [InlineData(EntryKind.Granted, """{"grant":"secret-name","service":"parking"}""", 
        "You gave City Parking Ltd permission to ask for the score.")]
    [InlineData(EntryKind.HandleLinked, """{"handle":"secret-name","source":"urn:s"}""", "A handle of Traffic was linked.")]
    [InlineData(EntryKind.Corrected, """{"turn":7,"reason":"contest-upheld"}""", 
        "The event of turn 7 was corrected and no longer counts.")]
    [InlineData(EntryKind.ContestOpened, """{"turn":7,"dueDay":"2026-12-01"}""",
        "You contested the event of turn 7. Without a decision by 2026-12-01, your contest is upheld.")]
    [InlineData(EntryKind.Looked, """{"by":"auditor","purpose":"complaint"}""", "An auditor read your history. The purpose is complaint.")]
    [InlineData(EntryKind.Looked, """{"by":"administrator","purpose":"contest"}""", "An administrator read the event that you contested.")]
    [InlineData(EntryKind.Looked, """{"by":"another"}""", "A person with access rights read your entries.")]
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
        "Version 2 of the programme was published, in force from 2026-12-08. From that day on, nothing counts unless you consent to it.")]
    [InlineData(AdminActions.Published, "{}", "A version of the programme was published.")]
    [InlineData(AdminActions.RegistrationSuspended, """{"registration":"source/https://traffic.example"}""",
        "The source https://traffic.example was suspended.")]
    [InlineData(AdminActions.Registered, """{"registration":"event-type/traffic.trip"}""",
        "The event type traffic.trip was registered, or a later version of it.")]
    [InlineData(AdminActions.Proposed, "{}", "A change of a registration was proposed.")]
    [InlineData(AdminActions.ContestDecided, """{"upheld":true}""",
        "A participant's contest of an event was upheld. The participant is not named.")]
    [InlineData(AdminActions.AuditOpened, """{"expiresOn":"2026-12-08","purpose":"complaint"}""",
        "An auditor opened a case until 2026-12-08. The purpose is complaint. "
        + "Each access is reported to the participant whose entries are read.")]
    public void Sentences_of_actions_use_public_details_only(string act, string details, string sentence)
    {
        using var stored = StoredBody.Read(details);
        AdminActionSentences.Of(act, stored).ShouldBe(sentence);
    }
}
