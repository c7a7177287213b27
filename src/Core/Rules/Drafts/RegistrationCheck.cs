using System.Collections.Immutable;
using System.Text.Json;
using Scoring.Administration;
using Scoring.Events;
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
        RegistrationKind kind, string id, ReadOnlyMemory<byte> json, DocumentSet published, DateTimeOffset now)
    {
        var problems = new Problems("");
        CheckedRegistration? read = null;
        DraftText.Read(json, problems, root => read = Read(kind, id, root, published, now, problems));
        return problems.Found.Count == 0 && read is not null
            ? read
            : new CheckedRegistration(null, [.. DraftText.Named(problems)], []);
    }

    /// <summary>The registration as far as it goes; it counts only when no problem was found.</summary>
    private static CheckedRegistration? Read(
        RegistrationKind kind, string id, JsonElement root, DocumentSet published, DateTimeOffset now, Problems problems)
    {
        switch (kind)
        {
            case RegistrationKind.EventType:
                var type = EventTypeDocument.Read(root, "", problems);
                HasName("/name", type.Name, id, problems);
                var typeBefore = published.EventTypes.FirstOrDefault(other => other.Name == id);
                EventTypeChange.Check(typeBefore, type, problems);
                return problems.Found.Count > 0
                    ? null
                    : new CheckedRegistration(EventTypeDocument.Write(type), [], EventTypeChange.Words(typeBefore, type));
            case RegistrationKind.Source:
                var source = RegistrationDocument.ReadSource(root, "", problems);
                HasName("/id", source.Id, id, problems);
                var sourceBefore = published.Sources.FirstOrDefault(other => other.Id == id);
                if (sourceBefore is not null && source.Family != 0 && source.Family != sourceBefore.Family)
                    problems.Add("/family", ProblemCode.NeverChanges, "A source keeps its family; register another source.");
                return problems.Found.Count > 0
                    ? null
                    : new CheckedRegistration(RegistrationDocument.Write(source), [], RegistrationChangeWords.Of(sourceBefore, source));
            case RegistrationKind.Service:
                var service = RegistrationDocument.ReadService(root, "", problems);
                HasName("/id", service.Id, id, problems);
                CheckService(service, published, now, problems);
                var serviceBefore = published.Services.FirstOrDefault(other => other.Id == id);
                return problems.Found.Count > 0
                    ? null
                    : new CheckedRegistration(RegistrationDocument.Write(service), [], RegistrationChangeWords.Of(serviceBefore, service));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    private static void HasName(string pointer, string name, string id, Problems problems)
    {
        if (name.Length > 0 && name != id) problems.Add(pointer, ProblemCode.NameMismatch, $"This is the registration of {id}.");
    }

    private static void CheckService(Service service, DocumentSet published, DateTimeOffset now, Problems problems)
    {
        var before = published.Services.FirstOrDefault(other => other.Id == service.Id);
        if (service.Programme.Value.Length == 0) return;
        if (before is not null && before.Programme != service.Programme)
            problems.Add("/programme", ProblemCode.NeverChanges, "A service keeps its programme; register another service.");
        if (published.VersionsOf(service.Programme).LastOrDefault()?.Terms is not { } programme)
        {
            problems.Add("/programme", ProblemCode.ProgrammeUnknown, "No such programme.");
            return;
        }
        if (service.Context != 0 && service.Context != programme.Context)
            problems.Add("/context", ProblemCode.ContextMismatch, "The programme belongs to another field of city life.");
        if (service.LastDay == DateOnly.MinValue) return;
        var today = ProgrammeDay.Of(now, TimeZoneInfo.FindSystemTimeZoneById(programme.Zone));
        if (service.LastDay < today) problems.Add("/lastDay", ProblemCode.LastDayPast, "The last day is not before today.");
        if (service.LastDay > today.AddYears(1))
            problems.Add("/lastDay", ProblemCode.LastDayTooLate, "A registration holds for a year at most.");
    }
}

/// <summary>A registration that was read.</summary>
/// <param name="Canonical">The document in canonical JSON; <see langword="null"/> when there are problems.</param>
/// <param name="Problems">Everything wrong.</param>
/// <param name="Differences">What differs from what is registered, in words.</param>
public sealed record CheckedRegistration(
    byte[]? Canonical, ImmutableArray<DraftProblem> Problems, ImmutableArray<string> Differences);
