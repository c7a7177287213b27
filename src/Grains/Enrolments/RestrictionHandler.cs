using Scoring.Ledger;

namespace Scoring.Enrolments;

/// <summary>Pauses everything for a subject at its participant's request, and lifts the pause.</summary>
internal sealed class RestrictionHandler(ParticipantDependencies dependencies)
{
    /// <summary>Pauses everything. Returns <see langword="false"/> when there is no such subject.</summary>
    public Task<bool> Restrict(OwnSubject own) => Write(own, EntryKind.Restricted);

    /// <summary>Lifts the pause. Returns <see langword="false"/> when there is no such subject.</summary>
    public Task<bool> Lift(OwnSubject own) => Write(own, EntryKind.RestrictionLifted);

    private async Task<bool> Write(OwnSubject own, EntryKind kind)
    {
        if (dependencies.Catalogue.Find(own.Programme) is not { } programme || dependencies.Enrolments.Locator(own) is not { } locator)
            return false;
        var entry = new EntryToAppend(
            kind, RandomKey.Next(), programme.Day(dependencies.Clock.Now), ParticipantEntryBodies.Restriction());
        return await dependencies.Store.Restrict(locator, kind == EntryKind.Restricted, entry, CancellationToken.None) is not null;
    }
}
