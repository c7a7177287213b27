using Scoring.Enrolments;

namespace Scoring.Streams;

public sealed partial class MemoryLedger
{
    private readonly Dictionary<string, int> _uses = [];

    private int? UsesLeft(NewGrant grant) => grant.Uses - _uses.GetValueOrDefault(Name(grant.Hash));

    /// <summary>A use is a new entry; whether there was one left.</summary>
    private bool TakeUse(NewGrant grant)
    {
        if (UsesLeft(grant) == 0) return false;
        _uses[Name(grant.Hash)] = _uses.GetValueOrDefault(Name(grant.Hash)) + 1;
        return true;
    }
}
