using System.Collections.Immutable;
using Orleans.Placement;
using Orleans.Runtime;
using Scoring.Ledger;
using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>A citizen in one programme; see <see cref="AwakeSubject"/>.</summary>
[GrainType("citizen"), PreferLocalPlacement]
internal sealed class CitizenGrain : Grain, ICitizenGrain
{
    private readonly AwakeSubject _subject;

    public CitizenGrain(SubjectServices services, IGrainFactory grains) => _subject = new(this, SubjectKind.Citizen, services, grains);

    public Task Deliver(ImmutableArray<Entry> entries) => _subject.Deliver(entries);

    public Task<ScoreValue?> ScoreBelow(long turn, DateOnly day) => _subject.ScoreBelow(turn, day);

    public Task<Explanation?> Explain() => _subject.Explain();

    public Task Forget() => _subject.Forget();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _subject.Rest(reason);
}
