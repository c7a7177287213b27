using Scoring.Hosting;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Recomputing;

/// <summary>
/// The live folds of this silo, to draw a random one and to renew their registrations. It is in this silo's memory only, and no grain or
/// port exposes it, so it can list no subject. It is thread-safe. No call looks at all of them, because a million subjects may be active.
/// </summary>
internal sealed class ActiveFolds
{
    private readonly Lock _gate = new();
    private readonly List<IActiveFold> _folds = [];

    public void Add(IActiveFold fold)
    {
        lock (_gate)
        {
            if (fold.Index >= 0) return;
            fold.Index = _folds.Count;
            _folds.Add(fold);
            GrainMetrics.Active.Add(1);
        }
    }

    public void Remove(IActiveFold fold)
    {
        lock (_gate)
        {
            if (fold.Index < 0) return;
            var last = _folds[^1];
            _folds[fold.Index] = last;
            last.Index = fold.Index;
            _folds.RemoveAt(_folds.Count - 1);
            fold.Index = -1;
            GrainMetrics.Active.Add(-1);
        }
    }

    /// <summary>Returns the next part of the folds, of several that cover all of them; the first part follows on the last one.</summary>
    /// <param name="from">The index at which the part begins, and then the one at which the next part does.</param>
    /// <param name="parts">The number of parts, from 1.</param>
    public IActiveFold[] Next(ref int from, int parts)
    {
        lock (_gate)
        {
            if (from >= _folds.Count) from = 0;
            var part = new IActiveFold[Math.Min((_folds.Count + parts - 1) / parts, _folds.Count - from)];
            _folds.CopyTo(from, part, 0, part.Length);
            from += part.Length;
            return part;
        }
    }

    /// <summary>Returns a random fold, each with the same probability; <see langword="null"/> when there is none.</summary>
    public IActiveFold? Draw(Random random)
    {
        lock (_gate) return _folds.Count == 0 ? null : _folds[random.Next(_folds.Count)];
    }
}

/// <summary>An active subject, for the recomputation of its fold and the renewal of its registration.</summary>
internal interface IActiveFold
{
    /// <summary>Its index in <see cref="ActiveFolds"/>, which alone uses it; -1 when it is not in it.</summary>
    int Index { get; set; }

    /// <summary>
    /// Copies its fold in one turn of its activation; <see langword="null"/> when it has none. This is no grain call: it does not keep the
    /// subject active, and it waits for no request.
    /// </summary>
    Task<FoldCopy?> Copy();

    /// <summary>
    /// Renews its registration if that is due at a timestamp of the machine's clock. This is no grain call either, and one thread makes it.
    /// </summary>
    void RenewIfDue(long now);
}

/// <summary>A copy of a live fold.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Programme">Its programme.</param>
/// <param name="RulesHash">Hash of the rules under which it was folded.</param>
/// <param name="Incarnation">The ledger's incarnation from which it was folded.</param>
/// <param name="Turn">The last turn in it.</param>
/// <param name="State">The state that <see cref="Scores.FoldState.Save"/> wrote.</param>
internal sealed record FoldCopy(SubjectId Subject, ProgrammeId Programme, string RulesHash, int Incarnation, long Turn, byte[] State)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(FoldCopy); // a record prints its members, and this one holds a subject
}
