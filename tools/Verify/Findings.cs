namespace Scoring.Verify;

/// <summary>How a check came out.</summary>
public enum FindingVerdict
{
    /// <summary>It holds.</summary>
    Pass = 0,

    /// <summary>Nothing is wrong, and there is something to know.</summary>
    Note = 1,

    /// <summary>It does not hold: what was checked is not what it claims to be.</summary>
    Fail = 2,
}

/// <summary>One thing that was checked.</summary>
/// <param name="Code">A stable word; docs/verify.md lists them.</param>
/// <param name="Verdict">How it came out.</param>
/// <param name="Message">A sentence for whoever is no programmer.</param>
public sealed record Finding(string Code, FindingVerdict Verdict, string Message);

/// <summary>What was found, in the order in which it was looked for.</summary>
public sealed class Findings
{
    private const int OfOneCodeMax = 20;

    private readonly List<Finding> _all = [];
    private readonly Dictionary<string, int> _failed = [];

    /// <summary>All of them; of one kind of failure no more than a few.</summary>
    public IReadOnlyList<Finding> All => _all;

    /// <summary>Whether nothing failed.</summary>
    public bool IsAccepted => _failed.Count == 0;

    /// <summary>It holds.</summary>
    public void Pass(string code, string message) => _all.Add(new Finding(code, FindingVerdict.Pass, message));

    /// <summary>There is something to know.</summary>
    public void Note(string code, string message) => _all.Add(new Finding(code, FindingVerdict.Note, message));

    /// <summary>It does not hold.</summary>
    public void Fail(string code, string message)
    {
        var count = _failed[code] = _failed.GetValueOrDefault(code) + 1;
        if (count <= OfOneCodeMax) _all.Add(new Finding(code, FindingVerdict.Fail, message));
        else if (count == OfOneCodeMax + 1) _all.Add(new Finding(code, FindingVerdict.Fail, "And more of the same."));
    }

    /// <summary>Passes or fails.</summary>
    public bool Check(bool holds, string code, string passed, string failed)
    {
        if (holds) Pass(code, passed);
        else Fail(code, failed);
        return holds;
    }

    /// <summary>How often something of a code has failed.</summary>
    public int Failed(string code) => _failed.GetValueOrDefault(code);
}

/// <summary>A file cannot be read as what it was given for: there is no verdict.</summary>
public sealed class UnreadableException(string message) : Exception(message);
