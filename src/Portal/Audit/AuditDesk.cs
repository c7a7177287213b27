using Scoring.Client;

namespace Scoring.Audit;

/// <summary>
/// The cases and draws that an auditor has made in this session. It leads to no person: a draw is of places in the ledger.
/// </summary>
internal sealed class AuditDesk
{
    /// <summary>How many cases and how many draws it holds. The oldest ones go first.</summary>
    public const int ItemsMax = 100;

    private readonly Lock _lock = new();
    private readonly List<AuditCase> _cases = [];
    private readonly List<(string Case, AuditDraw Draw)> _draws = [];

    /// <summary>The cases, the newest first.</summary>
    public IReadOnlyList<AuditCase> Cases
    {
        get
        {
            lock (_lock) return [.. _cases];
        }
    }

    /// <summary>Adds a case.</summary>
    public void Add(AuditCase opened)
    {
        lock (_lock) Add(_cases, opened);
    }

    /// <summary>Adds a draw of a case.</summary>
    public void Add(string caseName, AuditDraw draw)
    {
        lock (_lock) Add(_draws, (caseName, draw));
    }

    /// <summary>Returns the draws of a case, the newest first.</summary>
    public IReadOnlyList<AuditDraw> DrawsOf(string caseName)
    {
        lock (_lock) return [.. _draws.Where(kept => kept.Case == caseName).Select(kept => kept.Draw)];
    }

    private static void Add<T>(List<T> items, T item)
    {
        items.Insert(0, item);
        if (items.Count > ItemsMax) items.RemoveAt(ItemsMax);
    }
}
