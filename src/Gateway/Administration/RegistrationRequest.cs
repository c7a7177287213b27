using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Scoring.Problems;

namespace Scoring.Administration;

/// <summary>A request to change a registration: <c>{"act":"…","id":"…","document":{…}}</c>.</summary>
/// <param name="Id">The registration; <see langword="null"/> when refused.</param>
/// <param name="Change">The change; <see langword="null"/> when refused.</param>
/// <param name="Refusal">Why the request is refused; otherwise <see langword="null"/>.</param>
internal sealed record RegistrationRequest(RegistrationId? Id, RegistrationChange? Change, ProblemResult? Refusal)
{
    private static readonly string[] Members = ["act", "id", "document"];

    /// <summary>Reads a request and reports every fault.</summary>
    public static RegistrationRequest Of(RegistrationKind kind, JsonElement root)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (root.EnumerateObject().Any(member => !Members.Contains(member.Name)))
            faults.Add(new(null, "", "Only the members act, id and document are allowed."));
        var act = ReadAct(root);
        if (act is null) faults.Add(new(null, "/act", "It must be register, suspend, resume or end."));
        var id = root.TryGetProperty("id", out var idElement) ? RegistrationId.Of(kind, Text(idElement)) : null;
        var hasId = idElement.ValueKind != JsonValueKind.Undefined;
        if (hasId && id is null) faults.Add(new(null, "/id", $"It must name {NameForm(kind)}."));

        byte[]? document = null;
        if (root.TryGetProperty("document", out var content))
        {
            if (act is not (null or RegistrationAction.Register)) faults.Add(new(null, "/document", "It is allowed with register only."));
            document = JsonMarshal.GetRawUtf8Value(content).ToArray();
        }

        if (act == RegistrationAction.Register) id = OfDocument(kind, content, id, faults);
        else if (!hasId) faults.Add(new(null, "/id", "It is missing."));
        return faults.Count == 0 && act is { } action
            ? new(id, new RegistrationChange(action, document), null)
            : new(null, null, new ProblemResult(Problem.MalformedRequest) { Errors = faults.ToImmutable() });
    }

    // The document contains its name. An id in the same request must be equal to it.
    private static RegistrationId? OfDocument(
        RegistrationKind kind, JsonElement document, RegistrationId? requestId, ImmutableArray<Fault>.Builder faults)
    {
        if (document.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new(null, "/document", "With register it must be an object."));
            return null;
        }

        var member = RegistrationId.Member(kind);
        var id = document.TryGetProperty(member, out var name) ? RegistrationId.Of(kind, Text(name)) : null;
        if (id is null) faults.Add(new(null, $"/document/{member}", $"It must name {NameForm(kind)}."));
        else if (requestId is not null && requestId != id) faults.Add(new(null, "/id", "It must be the name in the document."));
        return id;
    }

    private static RegistrationAction? ReadAct(JsonElement root) => root.TryGetProperty("act", out var act) ? Text(act) switch
    {
        "register" => RegistrationAction.Register,
        "suspend" => RegistrationAction.Suspend,
        "resume" => RegistrationAction.Resume,
        "end" => RegistrationAction.End,
        _ => null,
    } : null;

    private static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private static string NameForm(RegistrationKind kind) => kind switch
    {
        RegistrationKind.EventType => "an event type: a family, a dot and a word of a-z, 0-9 and hyphens",
        RegistrationKind.Source => "a source: an absolute URI of at most 255 characters",
        _ => "a service: 2 to 63 of a-z, 0-9 and hyphens",
    };
}
