using Scoring.Enrolments;
using Scoring.Ledger;

namespace Scoring.Receipts;

/// <summary>Reads consent receipts from a subject's entries. The platform stores them nowhere else.</summary>
internal sealed class ConsentReceiptReader(ILedger ledger)
{
    private const int PageRows = 500;

    /// <summary>
    /// Returns the newest receipt; <see langword="null"/> when none is left. Turn 1 has it, unless consent was renewed (then the
    /// enrolment's rule set differs from the entry's) or turn 1 has expired since. Only then the history is paged from its end.
    /// </summary>
    public async Task<string?> Newest(EnrolmentRecord enrolment)
    {
        var first = await ledger.ReadSubject(enrolment.Subject, 0, 1, CancellationToken.None);
        if (first is [{ Kind: EntryKind.Enrolled } enrolled] && ParticipantEntryBodies.ConsentOf(enrolled.Body) is var consent
            && consent.RuleSet == enrolment.RuleSet)
        {
            return consent.Receipt;
        }
        for (var below = long.MaxValue; below > 1;)
        {
            var page = await ledger.ReadSubjectBackwards(enrolment.Subject, below, PageRows, CancellationToken.None);
            if (page.FirstOrDefault(entry => entry.Kind == EntryKind.ConsentRenewed) is { } renewed)
                return ParticipantEntryBodies.ConsentOf(renewed.Body).Receipt;
            if (page.Count < PageRows) break;
            below = page[^1].Turn;
        }
        return null;
    }
}
