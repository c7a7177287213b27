using Scoring.Keys;

namespace Scoring.Enrolments;

/// <summary>The way from a person to one of their subjects: by its locator, one programme at a time.</summary>
internal sealed class OwnEnrolmentReader(IEnrolmentStore store, PlatformKeys keys)
{
    /// <summary>The enrolment; <see langword="null"/> when there is none, or no such ordinal.</summary>
    public async Task<EnrolmentRecord?> Find(OwnSubject own) =>
        Locator(own) is { } locator ? await store.Find(locator, CancellationToken.None) : null;

    /// <summary>What leads there; <see langword="null"/> when there is no such ordinal.</summary>
    public byte[]? Locator(OwnSubject own) =>
        own.Ordinal is >= 0 and < OwnSubject.OrdinalCount ? keys.Locator(own.Participant, own.Programme, own.Ordinal) : null;
}
