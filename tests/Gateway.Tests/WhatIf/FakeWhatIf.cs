using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Scores;

namespace Scoring.WhatIf;

/// <summary>Fakes the what-if grain: returns what a test sets and keeps the last event.</summary>
internal sealed class FakeWhatIf : IWhatIfGrain
{
    public HypotheticalEvent? Event { get; private set; }

    public WhatIfRefusal? Refusal { get; set; }

    public Task<WhatIfOutcome> Ask(OwnSubject own, HypotheticalEvent hypothetical)
    {
        Event = hypothetical;
        if (own != FakeEnrolment.Own) return Task.FromResult(new WhatIfOutcome(null, WhatIfRefusal.SubjectUnknown));
        if (Refusal is { } refusal) return Task.FromResult(new WhatIfOutcome(null, refusal));
        return Task.FromResult(new WhatIfOutcome(
            new WhatIfAnswer(
                new DateOnly(2026, 11, 23), new ScoreValue(485, "baseline"), new ScoreValue(480, "baseline"), -5,
                [new WhatIfRule("speeding", "Speeding takes points.", -5, 0, -5)], Some.Explanation()),
            null));
    }
}
