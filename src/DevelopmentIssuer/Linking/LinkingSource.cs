using Scoring.Keys;

namespace Scoring.Linking;

/// <summary>A made-up source, for which the issuer plays the linking page.</summary>
/// <param name="Name">The last part of the page's address: <c>payment</c>, <c>traffic</c> or <c>surveillance</c>.</param>
/// <param name="Id">The source's id, which is the <c>iss</c> of its proofs.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Key">Signs its proofs.</param>
public sealed record LinkingSource(string Name, string Id, string Title, SigningKey Key);
