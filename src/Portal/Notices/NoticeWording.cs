using Scoring.Client;
using Scoring.Languages;
using Scoring.Programmes;

namespace Scoring.Notices;

/// <summary>
/// Writes what happened as a sentence in the page's language. The API has a sentence of its own, in English, for kinds that a later version
/// adds.
/// </summary>
/// <param name="texts">The texts.</param>
/// <param name="programme">The programme, which names sources and services.</param>
/// <param name="isForAuditor">Whether an auditor reads it, to whom the participant is another person.</param>
internal sealed class NoticeWording(Texts texts, ProgrammeResponse programme, bool isForAuditor = false)
{
    /// <summary>Returns the sentence of a notice; <see langword="null"/> when only the API's own says it.</summary>
    public string? Of(Notice notice)
    {
        var (variant, values) = notice.Act is null
            ? OfEntry(notice, new NoticeBody(notice.Body))
            : OfAct(notice.Kind, new NoticeBody(notice.Body).Object("details"));
        var key = $"notice.{(notice.Act is null ? "entry" : "act")}-{notice.Kind}{variant}";
        if (isForAuditor) key = $"history.entry-{notice.Kind}{variant}";
        return values.Contains(null) || texts.Find(key) is null ? null : texts[key, values];
    }

    /// <summary>Returns the name of a source; its id when the programme no longer has it.</summary>
    public string? Source(string? id) => id is null ? null : programme.SourceName(id);

    /// <summary>Returns the legal entity of a service; its id when it is no longer registered.</summary>
    public string? Service(string? id) => id is null ? null : programme.ServiceName(id);

    private (string Variant, object?[] Values) OfEntry(Notice notice, NoticeBody body) => Words.Find<EntryKind>(notice.Kind) switch
    {
        EntryKind.Event or EntryKind.HandleLinked or EntryKind.HandleUnlinked => ("", [Source(body.Text("source"))]),
        EntryKind.Queried => ("", [notice.Look?.LegalEntity ?? Service(body.Text("service"))]),
        EntryKind.Looked => body.Text("by") switch
        {
            "auditor" => ("-auditor", [Purpose(body)]),
            "administrator" => ("-administrator", []),
            _ => ("-other", []),
        },
        EntryKind.Corrected => ("", [body.Day("day"), Reason(body)]),
        EntryKind.ContestOpened => ("", [body.Day("day"), body.Day("dueDay")]),
        EntryKind.ContestDecided => (Outcome(body), [Reason(body)]),
        EntryKind.ContestExtended => ("", [body.Day("dueDay")]),
        EntryKind.Granted => body.Instant("until") is { } until
            ? ("-until", [Service(body.Text("service")), texts.Instant(until, programme.Programme.Zone)])
            : ("", [Service(body.Text("service"))]),
        EntryKind.AuditCodeGiven => ("", [body.Day("expiresOn")]),
        _ => ("", []),
    };

    private (string Variant, object?[] Values) OfAct(string act, NoticeBody details) => act switch
    {
        "published" when details.Number("number") is { } number =>
            (details.Is("widens") ? "-consent" : "", [number, details.Day("firstDay")]),
        "published" => ("-plain", []),
        "proposed" or "proposal-discarded" or "registered" or "registration-suspended" or "registration-resumed" or "registration-ended" =>
            ("", [.. Registration(details)]),
        "contest-decided" => (Outcome(details), []),
        "audit-opened" => ("", [details.Day("expiresOn"), Purpose(details)]),
        _ => ("", []),
    };

    /// <summary>The kind and the name of what a registration is about; the record names it <c>{kind}/{id}</c>.</summary>
    private object?[] Registration(NoticeBody details) => details.Text("registration")?.Split('/', 2) is [var kind, var id]
        ? [texts.Find($"notice.registration-{kind}"), kind == "source" ? Source(id) : kind == "service" ? Service(id) : id]
        : [null];

    private static string Outcome(NoticeBody body) => body.Is("upheld") ? "-upheld" : "-rejected";

    private string? Purpose(NoticeBody body) => body.Text("purpose") is { } word ? texts.Find($"notice.purpose-{word}") ?? word : null;

    private string? Reason(NoticeBody body) => body.Text("reason") is { } word ? texts.Find($"contest.reason-{word}") ?? word : null;
}
