namespace Scoring.City.People;

/// <summary>A synthetic subject: the participant who enrolled it, and the handles by which the sources know it.</summary>
/// <param name="Programme">The programme's id.</param>
/// <param name="Who">City's own name for it, which never leaves City.</param>
/// <param name="Participant">The participant who enrolled it.</param>
/// <param name="Ordinal">Its ordinal in the programme; <see langword="null"/> when it is not enrolled.</param>
/// <param name="Handles">One handle for each source that may know it.</param>
/// <param name="Service">The service that a grant was given to, if any.</param>
/// <param name="Grant">The token of the grant, if any.</param>
public sealed record Resident(
    string Programme, string Who, string Participant, int? Ordinal, IReadOnlyList<Handle> Handles, string? Service = null,
    string? Grant = null)
{
    /// <summary>Returns the handle that a source of this family uses.</summary>
    public Handle HandleFor(Platform.EventFamily family) => Handles.First(h => h.Family == family);
}

/// <summary>The token by which one source names a subject in one programme.</summary>
public sealed record Handle(string Source, Platform.EventFamily Family, string Token);
