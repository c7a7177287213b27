using System.Text.Json;

namespace Scoring.Client;

/// <summary>A proposed change of a registration.</summary>
/// <param name="Act">What to do with it.</param>
/// <param name="Id">The registration's name; optional with a document.</param>
/// <param name="Document">The registration's document; with <see cref="RegistrationAction.Register"/> only.</param>
public sealed record RegistrationProposal(RegistrationAction Act, string? Id = null, JsonElement? Document = null);
