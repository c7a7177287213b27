using System.Collections.Immutable;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>Everything published.</summary>
/// <param name="Documents">Versions, event types, sources and services, checked.</param>
/// <param name="Suspended">The suspended programmes.</param>
/// <param name="Ended">The ended ones.</param>
/// <param name="Registrations">How each registration stands, by <c>{kind}/{id}</c>.</param>
public sealed record PublishedState(
    DocumentSet Documents, ImmutableHashSet<ProgrammeId> Suspended, ImmutableHashSet<ProgrammeId> Ended,
    ImmutableDictionary<string, RegistrationStatus> Registrations);
