using Scoring.Ledger;
using Scoring.Peers.Entrance;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Peers.Scores;

/// <summary>The state of one subject: the platform's own fold, and the keys of its last events. Not thread-safe.</summary>
public sealed class SubjectScore
{
    private readonly HashSet<Guid> _keys = [];
    private readonly Queue<Guid> _order = [];

    /// <summary>A subject without events.</summary>
    public SubjectScore()
        : this(new FoldState(), [])
    {
    }

    internal SubjectScore(FoldState fold, IEnumerable<Guid> keys)
    {
        Fold = fold;
        foreach (var key in keys) Remember(key);
    }

    /// <summary>The fold.</summary>
    public FoldState Fold { get; }

    /// <summary>The keys of its last events, the oldest first.</summary>
    public IReadOnlyCollection<Guid> Keys => _order;

    /// <summary>Whether an event is one of those whose keys are here.</summary>
    public bool Has(PeerEvent one) => _keys.Contains(one.Key);

    /// <summary>Counts an event, and keeps its key as one of the last.</summary>
    /// <exception cref="InvalidDataException">The rules cannot value the event.</exception>
    public void Count(PeerEvent one, ScoringRules rules, int keysMax)
    {
        var turn = Fold.Turn + 1;
        var entry = new Entry(0, turn, new SubjectId(1), turn, EntryKind.Event, one.Day, one.Body);
        if (Fold.Apply(entry, rules.Programme) is { Fault: { } fault }) throw new InvalidDataException(fault);
        if (keysMax == 0) return;
        Remember(one.Key);
        while (_order.Count > keysMax) _keys.Remove(_order.Dequeue());
    }

    /// <summary>The score on the current day.</summary>
    public PeerScore Read(ScoringRules rules)
    {
        var score = Fold.ScoreOn(rules.Today, rules.Programme);
        return new PeerScore(score.Score, score.Tier, Fold.Turn);
    }

    private void Remember(Guid key)
    {
        _keys.Add(key);
        _order.Enqueue(key);
    }
}
