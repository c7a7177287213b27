using System.Collections.Immutable;
using System.Text.Json;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.Notices;

/// <summary>
/// Builds notices from entries and administrative actions: the stored content, a sentence, and the points that an event gets under the rule
/// set of its day.
/// </summary>
internal sealed class NoticeBuilder(CurrentRuleBook ruleBook, CurrentCatalogue catalogue)
{
    public IEnumerable<Notice> Build(EnrolmentRecord enrolment, IEnumerable<TimelineItem> items)
    {
        var rules = ruleBook.Current.Find(enrolment.Programme) ?? throw new RuleBookStaleException();
        return items.Select(item => item switch
        {
            { Entry: { } entry } => Of(entry, item.Place, rules),
            { Act: { } act } => Of(act, item.Place),
            _ => throw new InvalidOperationException("A timeline item is an entry or an administrative action."),
        });
    }

    private Notice Of(Entry entry, NoticePlace place, ProgrammeRules rules)
    {
        using var body = StoredBody.Read(entry.Body);
        var eventNotice = entry.Kind == EntryKind.Event ? Event(entry, body, rules) : null;
        var access = entry.Kind is EntryKind.Queried or EntryKind.Looked ? Access(body) : null;
        var names = new EntrySentences.Names(access?.LegalEntity ?? LegalEntity(body), SourceName(body), eventNotice?.Points ?? []);
        return new Notice(
            place.ToString(), entry.Turn, null, JsonNamingPolicy.KebabCaseLower.ConvertName(entry.Kind.ToString()), entry.Day,
            EntrySentences.Of(entry.Kind, body, names), eventNotice, access, entry.Body);
    }

    private static Notice Of(DatedAdminAction act, NoticePlace place)
    {
        using var details = StoredBody.Read(act.Act.Details);
        return new Notice(
            place.ToString(), null, act.Act.Number, act.Act.Act, act.Day, AdminActionSentences.Of(act.Act.Act, details), null, null,
            act.Body);
    }

    private static EventNotice? Event(Entry entry, StoredBody body, ProgrammeRules rules)
    {
        if (body.Text("type") is not { } type || body.Text("source") is not { } source || body.Json("data") is not { } data) return null;
        var set = rules.InForce(entry.Day);
        return new EventNotice(type, source, data, set.Number, Points(entry, rules));
    }

    private static ImmutableArray<NoticePoints> Points(Entry entry, ProgrammeRules rules)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var count = 0;
        // An event that cannot be valued gives nothing. The fold sets it aside, logs and counts it.
        var fault = EntryBodyReader.Read(entry.Body, out var body) ?? rules.Value(body, entry.Day.DayNumber, points, out count);
        if (fault is not null) return [];
        var set = rules.SetIndex(entry.Day.DayNumber);
        var written = ImmutableArray.CreateBuilder<NoticePoints>(count);
        foreach (var (rule, value) in points[..count])
            written.Add(new NoticePoints(rules.RuleNames[rule], rules.LatestRule(set, rule)!.Reason, value));
        return written.MoveToImmutable();
    }

    private AccessNotice Access(StoredBody body)
    {
        var service = body.Text("service") is { } id ? catalogue.RegisteredService(id) : null;
        return new AccessNotice(
            body.Instant("at"), body.Text("service"), service?.LegalEntity, service?.Purpose, service?.Contact, body.Text("reference"));
    }

    private string? LegalEntity(StoredBody body) =>
        body.Text("service") is { } id ? catalogue.RegisteredService(id)?.LegalEntity ?? id : null;

    private string? SourceName(StoredBody body) => body.Text("source") is { } id ? catalogue.Source(id)?.Name ?? id : null;
}
