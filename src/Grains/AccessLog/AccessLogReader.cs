using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>
/// Who looked at a subject, and what they were told. No answer is stored: each is the fold of the turns below its entry, which nothing
/// later can change, worked out anew for a whole page in one pass over the ledger. Snapshots are of no use, being pruned for today.
/// </summary>
internal sealed class AccessLogReader(
    ILedger ledger, CurrentCatalogue catalogue, CurrentRuleBook ruleBook, ProgrammeClock clock, IOptions<SubjectOptions> options)
{
    /// <summary>A page; <see langword="null"/> when the subject has left meanwhile.</summary>
    public async Task<AccessPage?> Read(EnrolmentRecord enrolment, long below, int count)
    {
        var rules = ruleBook.Current.Find(enrolment.Programme) ?? throw new RuleBookStaleException();
        var taken = Math.Clamp(count, 1, AccessPage.CountMax);
        var found = await ledger.ReadAccessesBackwards(enrolment.Subject, below, taken + 1, CancellationToken.None);
        var looks = found.Take(taken).ToArray();
        var gone = Retention.LastDayGone(
            catalogue.Find(enrolment.Programme)!.Published.Versions, rules.Day(clock.Now).AddDays(Retention.MarginDays));
        // Before this day an answer may have counted what has expired since, or will while this is read.
        var answers = await Answers(enrolment.Subject, looks, rules, gone.AddDays(rules.LongestWindowDays));
        // Asked last: an erasure under way may have taken rows from under the reading.
        if (await ledger.FindSubject(enrolment.Subject, CancellationToken.None) is null) return null;
        return new AccessPage(
            [.. looks.Select(look => View(look, enrolment.Programme, answers.GetValueOrDefault(look.Turn)))],
            found.Count > taken ? looks[^1].Turn : null);
    }

    /// <summary>
    /// What each question was answered, by its turn. One pass, up to the newest question. Turns that have expired are passed over where
    /// nothing of them can have counted; from the first one missing otherwise, nobody can say any more what was answered.
    /// </summary>
    private async Task<Dictionary<long, ScoreValue>> Answers(
        SubjectId subject, Entry[] looks, ProgrammeRules rules, DateOnly knownFrom)
    {
        var answers = new Dictionary<long, ScoreValue>();
        var asked = looks.Where(look => look.Kind == EntryKind.Queried).Select(look => look.Turn).ToHashSet();
        var state = new FoldState();
        var isWhole = true;
        for (var last = asked.DefaultIfEmpty(0).Max(); state.Turn < last;)
        {
            var rows = (int)Math.Min(options.Value.PageEntries, last - state.Turn);
            var page = await ledger.ReadSubject(subject, state.Turn, rows, CancellationToken.None);
            if (page.Count == 0) break;
            foreach (var entry in page)
            {
                isWhole &= entry.Turn == state.Turn + 1 && entry.Kind != EntryKind.Erased;
                state.PassOver(entry.Turn - 1);
                if (asked.Contains(entry.Turn) && (isWhole || entry.Day >= knownFrom))
                    answers.Add(entry.Turn, state.ScoreOn(entry.Day, rules));
                state.Apply(entry, rules);
            }
        }
        return answers;
    }

    /// <summary>A look as its participant sees it.</summary>
    public AccessView View(Entry look, ProgrammeId programme, ScoreValue? answer)
    {
        using var body = JsonDocument.Parse(look.Body.Length == 0 ? "{}"u8.ToArray() : look.Body);
        DateTimeOffset? at = Text("at") is { } instant ? DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture) : null;
        if (Text("by") is { } by)
        {
            // Whoever looks for the programme looks for its controller.
            var controller = catalogue.Find(programme)?.Programme.Controller;
            return new AccessView(
                look.Turn, look.Kind, look.Day, at, null, controller?.LegalName, Text("purpose"), controller?.Contact, null, null)
            {
                By = by,
                Case = Text("case"),
            };
        }
        var id = Text("service");
        var service = id is null ? null : catalogue.RegisteredService(id);
        return new AccessView(
            look.Turn, look.Kind, look.Day, at, id, service?.LegalEntity, service?.Purpose, service?.Contact, Text("reference"), answer);

        string? Text(string name) => body.RootElement.TryGetProperty(name, out var member) ? member.GetString() : null;
    }
}
