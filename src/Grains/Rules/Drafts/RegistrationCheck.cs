using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Reads a registration and names everything that keeps it from being made. Pure.</summary>
public static class RegistrationCheck
{
    /// <summary>
    /// Checks the document of an event type, a source or a service against what is published: its form, that an event type only adds,
    /// that a service has its programme's context and ends within a year.
    /// </summary>
    /// <param name="kind">What is registered.</param>
    /// <param name="id">The name that the document must have.</param>
    /// <param name="json">The document in UTF-8.</param>
    /// <param name="published">Everything published.</param>
    /// <param name="now">The programmes' clock.</param>
    public static CheckedRegistration Check(
        RegistrationKind kind, string id, ReadOnlyMemory<byte> json, DocumentSet published, DateTimeOffset now) =>
        throw new NotSupportedException("Not there yet.");
}

/// <summary>A registration that was read.</summary>
/// <param name="Canonical">The document in canonical JSON; <see langword="null"/> when there are problems.</param>
/// <param name="Problems">Everything wrong.</param>
/// <param name="Differences">What differs from what is registered, in words.</param>
public sealed record CheckedRegistration(
    byte[]? Canonical, ImmutableArray<DraftProblem> Problems, ImmutableArray<string> Differences);
