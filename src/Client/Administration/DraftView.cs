using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scoring.Client;

/// <summary>A draft of a programme's next version.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Hash">SHA-256 of its canonical form, 64 lower-case hexadecimal digits. Approvals name it.</param>
/// <param name="Author">The administrator who wrote it.</param>
/// <param name="At">The instant at which it was written.</param>
/// <param name="Json">The document in JSON, as it was sent or in canonical form.</param>
/// <param name="Approvals">The administrators who have approved it.</param>
/// <param name="Problems">All its problems; empty when it may be published.</param>
/// <param name="Differences">The differences from the last published version, in words; empty while there are problems.</param>
/// <param name="Widens">Whether participants must renew their consent to this version.</param>
public sealed record DraftView(
    string Programme, string Hash, string Author, DateTimeOffset At, JsonElement Json, IReadOnlyList<string> Approvals,
    IReadOnlyList<DraftProblem> Problems, IReadOnlyList<string> Differences, bool Widens);

/// <summary>A programme as its administrators see it.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Status">Its status.</param>
/// <param name="Draft">The draft that is not published yet, if there is one.</param>
/// <param name="ResumeApprovals">The administrators who have approved to resume it.</param>
/// <param name="EndApprovals">The administrators who have approved to end it.</param>
public sealed record ProgrammeAdminView(
    string Programme, ProgrammeStatus Status, DraftView? Draft, IReadOnlyList<string> ResumeApprovals,
    IReadOnlyList<string> EndApprovals);

/// <summary>The status of a programme.</summary>
[JsonConverter(typeof(WordConverter<ProgrammeStatus>))]
public enum ProgrammeStatus
{
    /// <summary>A word that this version of the client does not know. It is never sent.</summary>
    Unknown = 0,

    /// <summary>It was never published.</summary>
    Drafted,

    /// <summary>It is published. Its first version's first day may be in the future.</summary>
    Published,

    /// <summary>It is suspended.</summary>
    Suspended,

    /// <summary>It has ended permanently.</summary>
    Ended,
}
