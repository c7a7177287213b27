using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>What administrators have stopped; documents do not say it.</summary>
/// <param name="Suspended">The suspended programmes.</param>
/// <param name="Ended">The ended ones.</param>
/// <param name="StoppedRegistrations">Suspended and ended registrations, by <see cref="KeyOf"/>.</param>
public sealed record StoppedState(
    ImmutableHashSet<ProgrammeId> Suspended, ImmutableHashSet<ProgrammeId> Ended, ImmutableHashSet<string> StoppedRegistrations)
{
    /// <summary>Nothing is stopped.</summary>
    public static StoppedState Undisturbed { get; } = new([], [], []);

    /// <summary>The name of a registration over all kinds: <c>event-type/{name}</c>, <c>source/{id}</c>, <c>service/{id}</c>.</summary>
    public static string KeyOf(RegistrationKind kind, string id) => kind switch
    {
        RegistrationKind.EventType => $"event-type/{id}",
        RegistrationKind.Source => $"source/{id}",
        RegistrationKind.Service => $"service/{id}",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    internal EventType Of(EventType type) => type with { Stopped = IsStopped(RegistrationKind.EventType, type.Name) };

    internal Source Of(Source source) => source with { Stopped = IsStopped(RegistrationKind.Source, source.Id) };

    internal Service Of(Service service) => service with { Stopped = IsStopped(RegistrationKind.Service, service.Id) };

    private bool IsStopped(RegistrationKind kind, string id) => StoppedRegistrations.Contains(KeyOf(kind, id));
}
