namespace Scoring.City.People;

/// <summary>A made-up subject: who enrolled it, and by which handles the sources know it. Made up, but treated like a person.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Who">City's own word for it.</param>
/// <param name="Participant">The participant who enrolled it.</param>
/// <param name="Ordinal">Its ordinal there; <see langword="null"/> for a stranger, who never enrolled.</param>
/// <param name="Handles">One handle for each source that may know it.</param>
/// <param name="Service">The service that a grant was given to, if any.</param>
/// <param name="Grant">The grant.</param>
public sealed record Resident(
    string Programme, string Who, string Participant, int? Ordinal, IReadOnlyList<Handle> Handles, string? Service = null,
    string? Grant = null)
{
    /// <summary>The handle by which a source of this family names it.</summary>
    public Handle HandleFor(Platform.EventFamily family) => Handles.First(h => h.Family == family);
}

/// <summary>By which one source names a subject in one programme.</summary>
public sealed record Handle(string Source, Platform.EventFamily Family, string Token);
