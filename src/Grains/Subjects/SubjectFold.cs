using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Recomputing;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>
/// One subject's fold beside its ledger: whatever it is handed, a hole is seen by the turns and read from the ledger. Calls must not
/// overlap. Where a method gives <see langword="false"/> or <see langword="null"/>, the subject has left.
/// </summary>
internal sealed class SubjectFold(SubjectId subject, ProgrammeId programme, SubjectDependencies services)
{
    private readonly SubjectSnapshots _snapshots = new(subject, services);
    private readonly RecentAnswers _answers = new(services.Options.AnswersMax);
    private FoldState _state = new();
    private string? _rulesHash;
    private int _life = services.Incarnation.Number;

    /// <summary>The last turn folded.</summary>
    public long Turn => _state.Turn;

    /// <summary>Starts from the snapshot, if there is one made by this code under these rules.</summary>
    public async Task Restore()
    {
        var rules = Rules();
        if (await _snapshots.Read(rules) is { } kept && kept.Turn > _state.Turn) _state = kept;
    }

    /// <summary>Takes entries that the stream brought. Known ones change nothing; at a hole the ledger is read to its end.</summary>
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

    /// <summary>Folds everything that the ledger holds.</summary>
    public async Task<bool> CatchUp()
    {
        var rules = Rules();
        var (here, _) = await ReadOn(_state, long.MaxValue, rules);
        KeepSnapshot(rules);
        return here;
    }

    /// <summary>The score as the fold of exactly the turns below one.</summary>
    public async Task<ScoreValue?> ScoreBelow(long turn, DateOnly day)
    {
        var rules = Rules();
        if (_answers.Find(turn, day) is { } known) return known;
        // A fold cannot go back: a question older than it is answered by a second one.
        var state = _state.Turn < turn ? _state : new FoldState();
        var (here, beyond) = await ReadOn(state, turn, rules);
        if (!here) return null;
        var score = state.ScoreOn(day, rules);
        _answers.Keep(turn, day, score);
        if (state == _state)
        {
            foreach (var entry in beyond)
                if (Apply(_state, entry, rules) == FoldOutcome.Gap) break;
            KeepSnapshot(rules);
        }
        return score;
    }

    /// <summary>The score explained, over everything that the ledger holds.</summary>
    public async Task<Explanation?> Explain()
    {
        var rules = Rules();
        var entries = await FullHistoryReader.Read(services.Ledger, subject, services.Options.PageEntries);
        return entries is null ? null : Explainer.Explain(entries, rules, rules.Day(services.Clock.Now));
    }

    /// <summary>
    /// A copy of the fold as it is; <see langword="null"/> before anything was folded. The only member that may be called while another is
    /// under way: between two awaits the state is that of its turn.
    /// </summary>
    public FoldCopy? Copy() =>
        _rulesHash is null ? null : new FoldCopy(subject, programme, _rulesHash, _life, _state.Turn, _state.Save());

    /// <summary>Waits for a snapshot that is being written.</summary>
    public Task WaitForSnapshot() => _snapshots.Written;

    /// <summary>
    /// Folds on from the ledger below a turn, or to the end. What the last page holds from that turn on is handed back, to save the
    /// next reading.
    /// </summary>
    private async Task<(bool Here, IEnumerable<Entry> Beyond)> ReadOn(FoldState state, long below, ProgrammeRules rules)
    {
        var pageMax = services.Options.PageEntries;
        while (state.Turn < below - 1)
        {
            var before = state.Turn;
            var page = await services.Ledger.ReadSubject(subject, before, pageMax, CancellationToken.None);
            var isLast = page.Count < pageMax;
            // Rows missing from the ledger are past their retention, unless the subject is being erased at this moment.
            if (HasHole(page, before, below, isLast) && await services.Ledger.FindSubject(subject, CancellationToken.None) is null)
                return (false, []);
            var next = 0;
            for (; next < page.Count && page[next].Turn < below; next++)
            {
                state.PassOver(page[next].Turn - 1);
                Apply(state, page[next], rules);
            }
            GrainMetrics.Folded.Add(next, GrainMetrics.ByLedger);
            if (!isLast && next == page.Count) continue;
            if (below < long.MaxValue) state.PassOver(below - 1);
            return (true, page.Skip(next));
        }
        return (true, []);
    }

    private static bool HasHole(IReadOnlyList<Entry> page, long turn, long below, bool isLast)
    {
        foreach (var entry in page)
        {
            if (turn >= below - 1) return false;
            if (entry.Turn != ++turn) return true;
        }
        // Whoever reads to the end and finds nothing at all may be reading behind an erasure.
        return isLast && turn < below - 1 && (below < long.MaxValue || page.Count == 0);
    }

    private FoldOutcome Apply(FoldState state, Entry entry, ProgrammeRules rules)
    {
        var step = state.Apply(entry, rules);
        if (step.Outcome != FoldOutcome.SetAside) return step.Outcome;
        GrainMetrics.SetAside.Add(1);
        SubjectLog.SetAside(services.Log, programme, entry.Kind, step.Fault);
        return step.Outcome;
    }

    /// <summary>The programme's rules of now. When they have changed, or the ledger has, what was folded before goes.</summary>
    private ProgrammeRules Rules()
    {
        var rules = services.RuleBook.Current.Find(programme) ?? throw new RuleBookStaleException();
        var life = services.Incarnation.Number;
        if ((_rulesHash is not null && _rulesHash != rules.Hash) || _life != life)
        {
            GrainMetrics.Refolded.Add(1);
            _state = new FoldState();
            _answers.Clear();
        }
        (_rulesHash, _life) = (rules.Hash, life);
        return rules;
    }

    private void KeepSnapshot(ProgrammeRules rules) => _snapshots.Keep(_state, rules);
}
