namespace Scoring.People;

/// <summary>A made-up person who can sign in.</summary>
/// <param name="Id">The issuer's own name for the person, which no client sees, and the name of their token file.</param>
/// <param name="Name">The name on the sign-in page.</param>
/// <param name="Role">The one role of the person: <c>participant</c>, <c>administrator</c> or <c>auditor</c>.</param>
/// <param name="IsAdult">Whether the person's tokens say that they are an adult.</param>
/// <param name="Description">Who the person is, in one line.</param>
/// <param name="PlatformSubject">The subject in the platform's sector, where an earlier data folder knows the person by it, or where
/// the public record shows it; otherwise <see langword="null"/>.</param>
public sealed record Person(string Id, string Name, string Role, bool IsAdult, string Description, string? PlatformSubject = null);
