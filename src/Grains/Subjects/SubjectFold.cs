using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Recomputing;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.SetAside;

namespace Scoring.Subjects;

/// <summary>
/// The fold of one subject's entries. It notices a hole in its deliveries by the turns, and fills it from the ledger. Calls must not
/// overlap. A method returns <see langword="false"/> or <see langword="null"/> when the subject has left.
/// </summary>
internal sealed partial class SubjectFold(SubjectId subject, ProgrammeId programme, SubjectDependencies services)
{
    private readonly SubjectSnapshots _snapshots = new(subject, services);
    private readonly RecentAnswers _answers = new(services.Options.AnswersMax);
    private FoldState _state = new();
    private string? _rulesHash;
    private int _incarnation = services.Incarnation.Number;
    private long _noted;

    /// <summary>The last turn folded.</summary>
    public long Turn => _state.Turn;

    /// <summary>
    /// Folds entries that the stream delivered. Folded turns change nothing. At a hole, the ledger is read to its end.
    /// </summary>
    public async Task<bool> Take(IReadOnlyList<Entry> entries)
    {
        var rules = Rules();
        var before = _state.Turn;
        foreach (var entry in entries)
        {
            if (Apply(_state, entry, rules) == FoldOutcome.Gap) return await CatchUp();
        }
        GrainMetrics.Folded.Add(_state.Turn - before, GrainMetrics.ByStream);
        KeepSnapshot(rules);
        return true;
    }

    /// <summary>Folds every entry that the ledger holds.</summary>
    public async Task<bool> CatchUp()
    {
        var rules = Rules();
        var (isEnrolled, _) = await ReadOn(_state, long.MaxValue, rules);
        KeepSnapshot(rules);
        return isEnrolled;
    }

    /// <summary>Returns the score as the fold of exactly the turns below <paramref name="turn"/>, on a day.</summary>
    public Task<ScoreValue?> ScoreBelow(long turn, DateOnly day) => ScoreBelow(turn, day, Rules(), null);

    /// <summary>
    /// Starts a new fold from what was read after the entry with <paramref name="turn"/> was committed, and returns the same score.
    /// </summary>
    public Task<ScoreValue?> ScoreBelow(long turn, DateOnly day, FoldStart start)
    {
        var rules = Rules();
        return ScoreBelow(turn, day, rules, Restore(start, rules));
    }

    private async Task<ScoreValue?> ScoreBelow(long turn, DateOnly day, ProgrammeRules rules, IReadOnlyList<Entry>? page)
    {
        if (_answers.Find(turn, day) is { } known) return known;
        // A fold cannot go back. A query with a turn that it has passed is answered by a second fold.
        var state = _state.Turn < turn ? _state : new FoldState();
        var (isEnrolled, beyond) = await ReadOn(state, turn, rules, state == _state ? page : null);
        if (!isEnrolled) return null;
        var score = state.ScoreOn(day, rules);
        _answers.Keep(turn, day, score);
        if (state == _state)
        {
            foreach (var entry in beyond)
                if (Apply(_state, entry, rules) == FoldOutcome.Gap) break;
            if (page is not null) _state.Trim();
            KeepSnapshot(rules);
        }
        return score;
    }

    /// <summary>
    /// Explains the score over every entry that was read, and folds them, so that the next delivery finds no hole.
    /// </summary>
    /// <param name="start">The whole history. No other call of this fold may come between the read and this one.</param>
    public Explanation Explain(FoldStart start)
    {
        var rules = Rules();
        var entries = start.History.Entries;
        Restore(start, rules);
        if (start.Incarnation == _incarnation)
        {
            foreach (var entry in entries)
            {
                // Missing turns are past their retention, and outside every window.
                _state.PassOver(entry.Turn - 1);
                Apply(_state, entry, rules);
            }
            _state.Trim();
            KeepSnapshot(rules);
        }
        return Explainer.Explain(entries, rules, rules.Day(services.Clock.Now));
    }

    /// <summary>
    /// Returns a copy of the current fold; <see langword="null"/> before anything was folded. This is the only member that may be called
    /// while another call is running: between two awaits the state is that of its turn.
    /// </summary>
    public FoldCopy? Copy() =>
        _rulesHash is null ? null : new FoldCopy(subject, programme, _rulesHash, _incarnation, _state.Turn, _state.Save());

    /// <summary>Waits until no snapshot is being written.</summary>
    public Task WaitForSnapshot() => _snapshots.Written;

    private FoldOutcome Apply(FoldState state, Entry entry, ProgrammeRules rules)
    {
        var step = state.Apply(entry, rules);
        if (step.Fault is { } fault)
            _noted = Math.Max(_noted, services.SetAside.Add(SetAsideEntry.Of(subject, programme, entry, fault, rules)));
        return step.Outcome;
    }

    /// <summary>
    /// Returns the programme's current rules. When they or the ledger's incarnation have changed, it discards what was folded before.
    /// </summary>
    private ProgrammeRules Rules()
    {
        var rules = services.RuleBook.Current.Find(programme) ?? throw new RuleBookStaleException();
        var incarnation = services.Incarnation.Number;
        if ((_rulesHash is not null && _rulesHash != rules.Hash) || _incarnation != incarnation)
        {
            GrainMetrics.Refolded.Add(1);
            _state = new FoldState();
            _answers.Clear();
        }
        _rulesHash = rules.Hash;
        _incarnation = incarnation;
        return rules;
    }

    /// <summary>A snapshot passes over entries that are set aside, so it waits until they are noted.</summary>
    private void KeepSnapshot(ProgrammeRules rules)
    {
        if (services.SetAside.IsStored(_noted)) _snapshots.Keep(_state, rules);
    }
}
