using System.Collections.Immutable;
using System.Text.Json;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>
/// Describes the differences of two registrations of one source or service, for the public record. The words are stored and stay as they
/// are.
/// </summary>
internal static class RegistrationChangeWords
{
    /// <summary>The differences of a source; empty for a first registration.</summary>
    public static ImmutableArray<string> Of(Source? before, Source after) => before is null ? [] : [.. Changes(before, after)];

    /// <summary>The differences of a service; empty for a first registration.</summary>
    public static ImmutableArray<string> Of(Service? before, Service after) => before is null ? [] : [.. Changes(before, after)];

    private static IEnumerable<string> Changes(Source before, Source after)
    {
        if (before.Name != after.Name) yield return $"It is now called {after.Name}.";
        foreach (var key in after.Keys.Except(before.Keys)) yield return $"New key {KeyId(key)}.";
        foreach (var key in before.Keys.Except(after.Keys)) yield return $"The key {KeyId(key)} holds no longer.";
        foreach (var client in after.Clients.Except(before.Clients)) yield return $"The client {client} may speak for it.";
        foreach (var client in before.Clients.Except(after.Clients)) yield return $"The client {client} may no longer speak for it.";
        if (before.LinkUri != after.LinkUri)
            yield return after.LinkUri is null ? "It has no page to link handles any more." : $"Handles are linked at {after.LinkUri}.";
        if (!before.Clients.IsEmpty && after.Clients.IsEmpty) yield return "Tokens are no longer bound to a client.";
    }

    private static IEnumerable<string> Changes(Service before, Service after)
    {
        if (before.LegalEntity != after.LegalEntity)
            yield return $"The legal entity is now {after.LegalEntity}, before {before.LegalEntity}.";
        if (before.Purpose != after.Purpose) yield return $"It asks now for: {after.Purpose} Before: {before.Purpose}";
        if (before.Contact != after.Contact) yield return $"It is reached at {after.Contact}, before at {before.Contact}.";
        if (before.LastDay != after.LastDay)
            yield return $"It holds until {Wording.Day(after.LastDay)}, before until {Wording.Day(before.LastDay)}.";
    }

    private static string KeyId(string key)
    {
        using var parsed = JsonDocument.Parse(key);
        return parsed.RootElement.GetProperty("kid").GetString()!;
    }
}
