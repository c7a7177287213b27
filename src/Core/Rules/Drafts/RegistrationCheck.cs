using System.Collections.Immutable;
using System.Text.Json;
using Scoring.Administration;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Reads a registration and reports every problem that prevents it. Pure functions.</summary>
public static class RegistrationCheck
{
    /// <summary>
    /// Checks the document of an event type, a source or a service against what is published: its form; that a later event type only adds;
    /// that a service has its programme's context and ends within a year.
    /// </summary>
    /// <param name="kind">The kind of registration.</param>
    /// <param name="id">The name or id that the document must have.</param>
    /// <param name="json">The document in UTF-8.</param>
    /// <param name="published">Everything that is published.</param>
    /// <param name="now">The instant that decides the programme's day.</param>
    public static CheckedRegistration Check(
        RegistrationKind kind, string id, ReadOnlyMemory<byte> json, DocumentSet published, DateTimeOffset now)
    {
        var problems = new Problems("");
        CheckedRegistration? read = null;
        DraftText.Read(json, problems, root => read = Read(kind, id, root, published, now, problems));
        return problems.All.Count == 0 && read is not null
            ? read
            : new CheckedRegistration(null, [.. DraftText.FromRoot(problems)], []);
    }

    /// <summary>The registration; <see langword="null"/> when the document has problems.</summary>
    private static CheckedRegistration? Read(
        RegistrationKind kind, string id, JsonElement root, DocumentSet published, DateTimeOffset now, Problems problems)
    {
        switch (kind)
        {
            case RegistrationKind.EventType:
                var type = EventTypeDocument.Read(root, "", problems);
                CheckName("/name", type.Name, id, problems);
                var typeBefore = published.EventTypes.FirstOrDefault(other => other.Name == id);
                EventTypeChange.Check(typeBefore, type, problems);
                return problems.All.Count > 0
                    ? null
                    : new CheckedRegistration(EventTypeDocument.Write(type), [], EventTypeChange.Words(typeBefore, type));
            case RegistrationKind.Source:
                var source = RegistrationDocument.ReadSource(root, "", problems);
                CheckName("/id", source.Id, id, problems);
                var sourceBefore = published.Sources.FirstOrDefault(other => other.Id == id);
                if (sourceBefore is not null && source.Family != 0 && source.Family != sourceBefore.Family)
                    problems.Add("/family", ProblemCode.NeverChanges, "A source keeps its family. Register another source.");
                return problems.All.Count > 0
                    ? null
                    : new CheckedRegistration(RegistrationDocument.Write(source), [], RegistrationChangeWords.Of(sourceBefore, source));
            case RegistrationKind.Service:
                var service = RegistrationDocument.ReadService(root, "", problems);
                CheckName("/id", service.Id, id, problems);
                CheckService(service, published, now, problems);
                var serviceBefore = published.Services.FirstOrDefault(other => other.Id == id);
                return problems.All.Count > 0
                    ? null
                    : new CheckedRegistration(RegistrationDocument.Write(service), [], RegistrationChangeWords.Of(serviceBefore, service));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    private static void CheckName(string pointer, string name, string id, Problems problems)
    {
        if (name.Length > 0 && name != id)
            problems.Add(pointer, ProblemCode.NameMismatch, $"The name differs from that of the registration, {id}.");
    }

    private static void CheckService(Service service, DocumentSet published, DateTimeOffset now, Problems problems)
    {
        var before = published.Services.FirstOrDefault(other => other.Id == service.Id);
        if (service.Programme.Value.Length == 0) return;
        if (before is not null && before.Programme != service.Programme)
            problems.Add("/programme", ProblemCode.NeverChanges, "A service keeps its programme. Register another service.");
        if (published.VersionsOf(service.Programme).LastOrDefault()?.Terms is not { } programme)
        {
            problems.Add("/programme", ProblemCode.ProgrammeUnknown, "There is no such programme.");
            return;
        }
        if (service.Context != 0 && service.Context != programme.Context)
            problems.Add("/context", ProblemCode.ContextMismatch, "The programme has a different context.");
        if (service.LastDay == DateOnly.MinValue) return;
        var today = ProgrammeDay.Of(now, TimeZoneInfo.FindSystemTimeZoneById(programme.Zone));
        if (service.LastDay < today) problems.Add("/lastDay", ProblemCode.LastDayPast, "The last day is in the past.");
        if (service.LastDay > today.AddYears(1))
            problems.Add("/lastDay", ProblemCode.LastDayTooLate, "A registration is valid for at most a year.");
    }
}

/// <summary>A registration that is checked.</summary>
/// <param name="Canonical">The document in canonical JSON; <see langword="null"/> when there are problems.</param>
/// <param name="Problems">All problems, with pointers from the root of the document.</param>
/// <param name="Differences">The differences from the registered document in words; empty for a first registration.</param>
public sealed record CheckedRegistration(
    byte[]? Canonical, ImmutableArray<DraftProblem> Problems, ImmutableArray<string> Differences);
