namespace Scoring.Client;

/// <summary>What is known about a draft that is not stored.</summary>
/// <param name="Hash">SHA-256 of its canonical form, 64 lower-case hexadecimal digits: the hash that it would be stored under.</param>
/// <param name="Problems">All its problems; empty when it may be published.</param>
/// <param name="Differences">
/// The differences from the last published version, in words; empty while a part of the draft cannot be read.
/// </param>
/// <param name="Widens">Whether participants would have to renew their consent to this version.</param>
public sealed record DraftReport(
    string Hash, IReadOnlyList<DraftProblem> Problems, IReadOnlyList<string> Differences, bool Widens);
