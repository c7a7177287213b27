namespace Scoring.Histories;

/// <summary>The result of a check.</summary>
/// <param name="Events">How many distinct events were sent.</param>
/// <param name="Acknowledged">How many of them were acknowledged at least once.</param>
/// <param name="Kept">How many of them are in the ledger.</param>
/// <param name="Answers">How many answers to queries were compared.</param>
/// <param name="NeutralAnswers">How many of them were neutral and not recorded, while a silo's clock was behind.</param>
/// <param name="MismatchCount">How many differences there are.</param>
/// <param name="Mismatches">The first of them. They hold numbers of this run only.</param>
internal sealed record CheckResult(
    long Events, long Acknowledged, long Kept, long Answers, long NeutralAnswers, long MismatchCount,
    IReadOnlyList<string> Mismatches);

/// <summary>Counts differences, and keeps the first of them as text.</summary>
internal sealed class MismatchList
{
    private const int KeptMax = 50;
    private readonly List<string> _first = [];

    public long Count { get; private set; }

    public IReadOnlyList<string> First => _first;

    public void Add(LedgerRow row, string difference) =>
        Add($"Partition {row.Partition} position {row.Position} turn {row.Turn} {difference}.");

    public void Add(string difference)
    {
        Count++;
        if (_first.Count < KeptMax) _first.Add(difference);
    }
}
