using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.AccessLog;

/// <summary>
/// Reads a subject's access log: the recorded accesses and what each service was answered. No answer is stored. Each is the fold of the
/// turns below its entry, which no later entry can change, so one pass over the ledger computes those of a whole page. Snapshots cannot
/// help, because they are pruned for the current day.
/// </summary>
internal sealed class AccessLogReader(
    ILedger ledger, CurrentCatalogue catalogue, CurrentRuleBook ruleBook, ProgrammeClock clock, IOptions<SubjectOptions> options)
{
    /// <summary>Returns a page; <see langword="null"/> when the subject has left.</summary>
    public async Task<AccessPage?> Read(EnrolmentRecord enrolment, long below, int count)
    {
        var rules = ruleBook.Current.Find(enrolment.Programme) ?? throw new RuleBookStaleException();
        var taken = Math.Clamp(count, 1, AccessPage.CountMax);
        var rows = await ledger.ReadAccessesBackwards(enrolment.Subject, below, taken + 1, CancellationToken.None);
        var accesses = rows.Take(taken).ToArray();
        var knownFrom = Retention.FirstDayKnown(
            catalogue.Find(enrolment.Programme)!.Published.Versions, rules.Day(clock.Now), rules);
        var answers = await Answers(enrolment.Subject, accesses, rules, knownFrom);
        // This check comes last: a concurrent erasure may have removed rows during the read.
        if (await ledger.FindSubject(enrolment.Subject, CancellationToken.None) is null) return null;
        return new AccessPage(
            [.. accesses.Select(access => View(access, enrolment.Programme, answers.GetValueOrDefault(access.Turn)))],
            rows.Count > taken ? accesses[^1].Turn : null);
    }

    /// <summary>
    /// Computes the answers of queries, by their turns, in one pass up to the newest query. Expired turns are skipped where they cannot
    /// have counted. After any other missing turn, and past <see cref="SubjectOptions.FoldEntriesMax"/>, the answers are not computed.
    /// </summary>
    private async Task<Dictionary<long, ScoreValue>> Answers(
        SubjectId subject, Entry[] accesses, ProgrammeRules rules, DateOnly knownFrom)
    {
        var answers = new Dictionary<long, ScoreValue>();
        var queries = accesses.Where(access => access.Kind == EntryKind.Queried).Select(access => access.Turn).ToHashSet();
        var state = new FoldState();
        var isWhole = true;
        var left = options.Value.FoldEntriesMax;
        for (var last = queries.DefaultIfEmpty(0).Max(); state.Turn < last && left > 0;)
        {
            var rows = (int)Math.Min(Math.Min(options.Value.PageEntries, left), last - state.Turn);
            var page = await ledger.ReadSubject(subject, state.Turn, rows, CancellationToken.None);
            if (page.Count == 0) break;
            left -= page.Count;
            foreach (var entry in page)
            {
                isWhole &= entry.Turn == state.Turn + 1 && entry.Kind != EntryKind.Erased;
                state.PassOver(entry.Turn - 1);
                if (queries.Contains(entry.Turn) && (isWhole || entry.Day >= knownFrom))
                    answers.Add(entry.Turn, state.ScoreOn(entry.Day, rules));
                state.Apply(entry, rules);
            }
        }
        return answers;
    }

    /// <summary>Makes the view of an access for its participant.</summary>
    public AccessView View(Entry access, ProgrammeId programme, ScoreValue? answer)
    {
        using var body = JsonDocument.Parse(access.Body.Length == 0 ? "{}"u8.ToArray() : access.Body);
        DateTimeOffset? at = Text("at") is { } instant ? DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture) : null;
        if (Text("by") is { } by)
        {
            // An administrator or an auditor acts for the programme's controller.
            var controller = catalogue.Find(programme)?.Programme.Controller;
            return new AccessView(
                access.Turn, access.Kind, access.Day, at, null, controller?.LegalName, Text("purpose"), controller?.Contact, null, null)
            {
                By = by,
                Case = Text("case"),
            };
        }
        var id = Text("service");
        var service = id is null ? null : catalogue.RegisteredService(id);
        return new AccessView(
            access.Turn, access.Kind, access.Day, at, id, service?.LegalEntity, service?.Purpose, service?.Contact, Text("reference"),
            answer);

        string? Text(string name) => body.RootElement.TryGetProperty(name, out var member) ? member.GetString() : null;
    }
}
