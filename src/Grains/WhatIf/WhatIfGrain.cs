using Orleans.Concurrency;
using Scoring.Enrolments;

namespace Scoring.WhatIf;

/// <summary>See <see cref="IWhatIfGrain"/>.</summary>
[GrainType("what-if"), Reentrant, StatelessWorker]
internal sealed class WhatIfGrain(OwnEnrolmentReader mine, HypotheticalScorer scores) : Grain, IWhatIfGrain
{
    public async Task<WhatIfOutcome> Ask(OwnSubject own, HypotheticalEvent madeUp) =>
        await mine.Find(own) is { } enrolment
            ? await scores.Score(enrolment, madeUp)
            : new WhatIfOutcome(null, WhatIfRefusal.SubjectUnknown);
}
