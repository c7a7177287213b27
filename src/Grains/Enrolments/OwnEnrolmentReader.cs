using Scoring.Keys;

namespace Scoring.Enrolments;

/// <summary>Finds a participant's enrolment by its locator, in one programme at a time.</summary>
internal sealed class OwnEnrolmentReader(IEnrolmentStore store, PlatformKeys keys)
{
    /// <summary>Returns the enrolment; <see langword="null"/> when there is none, or the ordinal is out of range.</summary>
    public async Task<EnrolmentRecord?> Find(OwnSubject own) =>
        Locator(own) is { } locator ? await store.Find(locator, CancellationToken.None) : null;

    /// <summary>Returns the enrolment's locator, 32 bytes; <see langword="null"/> when the ordinal is out of range.</summary>
    public byte[]? Locator(OwnSubject own) =>
        own.Ordinal is >= 0 and < OwnSubject.OrdinalCount ? keys.Locator(own.Participant, own.Programme, own.Ordinal) : null;
}
