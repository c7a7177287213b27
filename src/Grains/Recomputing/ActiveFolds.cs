using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Recomputing;

/// <summary>
/// The live folds of this silo, to draw one from. It lives in this silo's memory, and no grain or port leads to it: nobody can be listed by
/// it. Safe for use by many threads; each call takes constant time, because a million may be awake.
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
        }
    }

    public void Remove(IActiveFold fold)
    {
        lock (_gate)
        {
            if (fold.Index < 0) return;
            var last = _folds[^1];
            (_folds[fold.Index], last.Index) = (last, fold.Index);
            _folds.RemoveAt(_folds.Count - 1);
            fold.Index = -1;
        }
    }

    /// <summary>Any of them, each as likely; <see langword="null"/> when there is none.</summary>
    public IActiveFold? Draw(Random random)
    {
        lock (_gate) return _folds.Count == 0 ? null : _folds[random.Next(_folds.Count)];
    }
}

/// <summary>A subject that is awake, as far as its fold may be looked at.</summary>
internal interface IActiveFold
{
    /// <summary>Where it stands among <see cref="ActiveFolds"/>, which alone uses it; -1 when it is not there.</summary>
    int Index { get; set; }

    /// <summary>
    /// A copy of its fold, taken in one turn of its activation; <see langword="null"/> when it has none. It is no call: it keeps nobody
    /// awake and waits for no request.
    /// </summary>
    Task<FoldCopy?> Copy();
}

/// <summary>A live fold as it was in one moment.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Programme">Its programme.</param>
/// <param name="RulesHash">Of the rules it was made by.</param>
/// <param name="Incarnation">The ledger's life it was made in.</param>
/// <param name="Turn">The last turn in it.</param>
/// <param name="State">What <see cref="Scores.FoldState.Save"/> wrote.</param>
internal sealed record FoldCopy(SubjectId Subject, ProgrammeId Programme, string RulesHash, int Incarnation, long Turn, byte[] State)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(FoldCopy); // records print their members, and this one holds a subject
}
