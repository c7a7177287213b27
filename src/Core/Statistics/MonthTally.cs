namespace Scoring.Statistics;

/// <summary>
/// The counts of one month. A cell is shown when its entries are of 20 subjects or more, and so are 20 or more themselves: counted by
/// entries alone, one person's many would be a number about one person. Of subjects no more is kept than salted hashes of up to 20 a cell.
/// </summary>
public sealed class MonthTally
{
    /// <summary>The fewest entries, and the fewest subjects, that are shown.</summary>
    public const int Least = 20;

    private readonly Dictionary<(bool IsContest, string Name), Cell> _cells = [];

    /// <summary>Adds what a run holds.</summary>
    public void Add(IEnumerable<MonthCell> cells)
    {
        foreach (var cell in cells)
        {
            if (!_cells.TryGetValue((cell.IsContest, cell.Name), out var sum)) _cells[(cell.IsContest, cell.Name)] = sum = new Cell();
            sum.Count += cell.Count;
            foreach (var subject in cell.Subjects)
                if (sum.Subjects.Count < Least) sum.Subjects.Add(subject);
        }
    }

    /// <summary>Events of a type; <see langword="null"/> when hidden.</summary>
    public long? Events(string type) => Shown(false, type);

    /// <summary>Contests with an outcome; <see langword="null"/> when hidden.</summary>
    public long? Contests(string outcome) => Shown(true, outcome);

    /// <summary>A total is the sum of what is shown, so that nothing hidden can be had from it; hidden when nothing is shown.</summary>
    public static long? Total(IEnumerable<long?> shown) =>
        shown.Aggregate((long?)null, (sum, count) => count is null ? sum : (sum ?? 0) + count);

    private long? Shown(bool isContest, string name) =>
        _cells.TryGetValue((isContest, name), out var cell) && cell.Subjects.Count >= Least ? cell.Count : null;

    private sealed class Cell
    {
        public long Count { get; set; }

        public HashSet<long> Subjects { get; } = [];
    }
}
