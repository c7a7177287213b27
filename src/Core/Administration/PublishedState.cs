using System.Collections.Immutable;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>Everything that is published, with its status.</summary>
/// <param name="Documents">The checked versions, event types, sources and services.</param>
/// <param name="Suspended">The suspended programmes.</param>
/// <param name="Ended">The ended programmes.</param>
/// <param name="Registrations">The status of each registration, by <c>{kind}/{id}</c>.</param>
public sealed record PublishedState(
    DocumentSet Documents, ImmutableHashSet<ProgrammeId> Suspended, ImmutableHashSet<ProgrammeId> Ended,
    ImmutableDictionary<string, RegistrationStatus> Registrations);
