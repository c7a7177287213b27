using Orleans.Concurrency;
using Scoring.Enrolments;

namespace Scoring.WhatIf;

/// <summary>See <see cref="IWhatIfGrain"/>.</summary>
[GrainType("what-if"), Reentrant, StatelessWorker]
internal sealed class WhatIfGrain(OwnEnrolmentReader enrolments, HypotheticalScorer scorer) : Grain, IWhatIfGrain
{
    public async Task<WhatIfOutcome> Ask(OwnSubject own, HypotheticalEvent hypothetical) =>
        await enrolments.Find(own) is { } enrolment
            ? await scorer.Score(enrolment, hypothetical)
            : new WhatIfOutcome(null, WhatIfRefusal.SubjectUnknown);
}
