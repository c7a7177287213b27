using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>The programmes and registrations that administrators have suspended or ended. Documents do not hold this.</summary>
/// <param name="Suspended">The suspended programmes.</param>
/// <param name="Ended">The ended programmes.</param>
/// <param name="StoppedRegistrations">The suspended and ended registrations, as <see cref="KeyOf"/> names them.</param>
public sealed record StoppedState(
    ImmutableHashSet<ProgrammeId> Suspended, ImmutableHashSet<ProgrammeId> Ended, ImmutableHashSet<string> StoppedRegistrations)
{
    /// <summary>Nothing is stopped.</summary>
    public static StoppedState Undisturbed { get; } = new([], [], []);

    /// <summary>The key of a registration: <c>event-type/{name}</c>, <c>source/{id}</c>, <c>service/{id}</c>.</summary>
    public static string KeyOf(RegistrationKind kind, string id) => kind switch
    {
        RegistrationKind.EventType => $"event-type/{id}",
        RegistrationKind.Source => $"source/{id}",
        RegistrationKind.Service => $"service/{id}",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The event type, marked when it is stopped.</summary>
    internal EventType Of(EventType type) => type with { Stopped = IsStopped(RegistrationKind.EventType, type.Name) };

    /// <summary>The source, marked when it is stopped.</summary>
    internal Source Of(Source source) => source with { Stopped = IsStopped(RegistrationKind.Source, source.Id) };

    /// <summary>The service, marked when it is stopped.</summary>
    internal Service Of(Service service) => service with { Stopped = IsStopped(RegistrationKind.Service, service.Id) };

    private bool IsStopped(RegistrationKind kind, string id) => StoppedRegistrations.Contains(KeyOf(kind, id));
}
