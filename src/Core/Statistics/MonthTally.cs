namespace Scoring.Statistics;

/// <summary>
/// The counts of one month. A cell is shown when its entries belong to 20 subjects or more. The limit is on subjects and not on entries,
/// because the many entries of one person are a number about that person. Of subjects, only salted hashes are kept, up to 20 for each cell.
/// </summary>
public sealed class MonthTally
{
    /// <summary>The smallest number of subjects, and so of entries, that is shown.</summary>
    public const int Least = 20;

    private readonly Dictionary<(bool IsContest, string Name), CellSum> _cells = [];

    /// <summary>Adds the cells of one page of entries.</summary>
    public void Add(IEnumerable<MonthCell> cells)
    {
        foreach (var cell in cells)
        {
            if (!_cells.TryGetValue((cell.IsContest, cell.Name), out var sum)) _cells[(cell.IsContest, cell.Name)] = sum = new CellSum();
            sum.Count += cell.Count;
            foreach (var subject in cell.Subjects)
                if (sum.Subjects.Count < Least) sum.Subjects.Add(subject);
        }
    }

    /// <summary>The number of events of a type; <see langword="null"/> when it is hidden.</summary>
    public long? Events(string type) => Shown(false, type);

    /// <summary>The number of contests with an outcome; <see langword="null"/> when it is hidden.</summary>
    public long? Contests(string outcome) => Shown(true, outcome);

    /// <summary>
    /// A total: the sum of the shown counts, so that it reveals no hidden count; <see langword="null"/> when no count is shown.
    /// </summary>
    public static long? Total(IEnumerable<long?> shown) =>
        shown.Aggregate((long?)null, (sum, count) => count is null ? sum : (sum ?? 0) + count);

    private long? Shown(bool isContest, string name) =>
        _cells.TryGetValue((isContest, name), out var cell) && cell.Subjects.Count >= Least ? cell.Count : null;

    private sealed class CellSum
    {
        public long Count { get; set; }

        public HashSet<long> Subjects { get; } = [];
    }
}
