namespace Scoring.Verify.Reports;

/// <summary>The result of a check.</summary>
public enum FindingVerdict
{
    /// <summary>The check passed.</summary>
    Pass = 0,

    /// <summary>Nothing is wrong, and the reader should know something.</summary>
    Note = 1,

    /// <summary>The check failed: the input is not what it claims to be.</summary>
    Fail = 2,
}

/// <summary>One checked property.</summary>
/// <param name="Code">A stable word. docs/verify.md lists them.</param>
/// <param name="Verdict">The result.</param>
/// <param name="Message">A sentence for a reader who is not a programmer.</param>
public sealed record Finding(string Code, FindingVerdict Verdict, Sentence Message);

/// <summary>The findings of a run, in the order of the checks.</summary>
public sealed class Findings
{
    private const int FailuresPerCodeMax = 20;

    private readonly List<Finding> _all = [];
    private readonly Dictionary<string, int> _failed = [];

    /// <summary>All findings. Of one code it holds 20 failures and a line that says that there are more.</summary>
    public IReadOnlyList<Finding> All => _all;

    /// <summary>Whether nothing failed.</summary>
    public bool IsAccepted => _failed.Count == 0;

    /// <summary>Adds a passed check.</summary>
    public void Pass(string code, Sentence message) => _all.Add(new Finding(code, FindingVerdict.Pass, message));

    /// <summary>Adds a note.</summary>
    public void Note(string code, Sentence message) => _all.Add(new Finding(code, FindingVerdict.Note, message));

    /// <summary>Adds a failed check.</summary>
    public void Fail(string code, Sentence message)
    {
        var count = _failed[code] = _failed.GetValueOrDefault(code) + 1;
        if (count <= FailuresPerCodeMax) _all.Add(new Finding(code, FindingVerdict.Fail, message));
        else if (count == FailuresPerCodeMax + 1) _all.Add(new Finding(code, FindingVerdict.Fail, "There are more failures of this kind."));
    }

    /// <summary>Adds a passed or a failed check. Returns whether it passed.</summary>
    public bool Check(bool holds, string code, Sentence passed, Sentence failed)
    {
        if (holds) Pass(code, passed);
        else Fail(code, failed);
        return holds;
    }

    /// <summary>How many checks with a code failed.</summary>
    public int Failed(string code) => _failed.GetValueOrDefault(code);
}

/// <summary>An input cannot be read as what it should be, so there is no verdict.</summary>
/// <param name="sentence">What cannot be read.</param>
public sealed class UnreadableException(Sentence sentence) : Exception(sentence.ToString())
{
    /// <summary>What cannot be read.</summary>
    public Sentence Sentence => sentence;
}
