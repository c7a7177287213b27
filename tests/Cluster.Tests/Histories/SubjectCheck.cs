using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Verify.Scores;

namespace Scoring.Histories;

/// <summary>Follows the rows of one subject in ascending turns.</summary>
internal sealed class SubjectCheck(long subject, RunningScore score, MismatchList mismatches)
{
    /// <summary>The kinds of entries that change a score and that no load of a run makes.</summary>
    private static readonly int[] Unexpected =
        [EntryKinds.Corrected, EntryKinds.ContestOpened, EntryKinds.ContestDecided, EntryKinds.ContestExtended];

    private long _turn;
    private TimeSpan? _holdsUntil;

    public long Subject => subject;

    /// <summary>The resident of the first event or query.</summary>
    public int? Resident { get; private set; }

    public RunningScore Score => score;

    public void TakeTurn(LedgerRow row)
    {
        if (row.Turn != ++_turn) mismatches.Add(row, string.Create(CultureInfo.InvariantCulture, $"is not turn {_turn}"));
        _turn = row.Turn ?? _turn;
        if (Unexpected.Contains(row.Kind)) mismatches.Add(row, "changes the score, and no client asked for it");
    }

    public void TakeEvent(LedgerRow row, EventState state)
    {
        state.Rows++;
        TakeResident(row, state.Sent.Resident);
        if (!Holds(row, state.Sent.Counted)) mismatches.Add(row, "differs from the event that was sent");
        if (state.AcceptedAt < _holdsUntil)
            mismatches.Add(
                row, $"was acknowledged at {state.AcceptedAt}, and an answer that must hold all until {_holdsUntil} came without it");
        score.Add(state.Sent.Counted);
    }

    public void TakeQuery(LedgerRow row, QueryState state)
    {
        state.Rows++;
        var expected = score.On(row.Day!.Value);
        foreach (var query in state.Answered)
        {
            TakeResident(row, query.Resident);
            var answer = (query.Answer!.Score, query.Answer.Tier);
            if (answer != expected)
                mismatches.Add(row, $"was answered with {answer} at {query.To}, and the fold below it gives {expected}");
        }
        if (!(state.HoldsUntil <= _holdsUntil)) _holdsUntil = state.HoldsUntil;
    }

    private void TakeResident(LedgerRow row, int resident)
    {
        Resident ??= resident;
        if (Resident != resident) mismatches.Add(row, $"is about resident {resident}, and the subject is resident {Resident}");
    }

    private static bool Holds(LedgerRow row, CountedEvent sent)
    {
        var body = JsonNode.Parse(row.Body.Span)!;
        return row.Day == sent.Day && (string?)body["type"] == sent.Type && JsonNode.DeepEquals(body["data"], sent.Data);
    }
}
