using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Scoring.Problems;

namespace Scoring.Administration;

/// <summary>A wish to change a registration: <c>{"act":"…","id":"…","document":{…}}</c>.</summary>
/// <param name="Id">What it is about; <see langword="null"/> when refused.</param>
/// <param name="Change">What is to become of it.</param>
/// <param name="Refusal">Why it is not taken.</param>
internal sealed record RegistrationRequest(RegistrationId? Id, RegistrationChange? Change, ProblemResult? Refusal)
{
    private static readonly string[] Members = ["act", "id", "document"];

    /// <summary>Reads one, naming every fault.</summary>
    public static RegistrationRequest Of(RegistrationKind kind, JsonElement form)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (form.EnumerateObject().Any(member => !Members.Contains(member.Name)))
            faults.Add(new(null, "", "Only act, id and document may stand here."));
        var act = Act(form);
        if (act is null) faults.Add(new(null, "/act", "It must be register, suspend, resume or end."));
        var id = form.TryGetProperty("id", out var given) ? RegistrationId.Of(kind, Text(given)) : null;
        if (given.ValueKind != JsonValueKind.Undefined && id is null) faults.Add(new(null, "/id", $"No name of {Words(kind)}."));

        byte[]? document = null;
        if (form.TryGetProperty("document", out var content))
        {
            if (act is not (null or RegistrationAction.Register)) faults.Add(new(null, "/document", "It stands beside register only."));
            document = JsonMarshal.GetRawUtf8Value(content).ToArray();
        }

        if (act == RegistrationAction.Register) id = OfDocument(kind, content, id, faults);
        else if (given.ValueKind == JsonValueKind.Undefined) faults.Add(new(null, "/id", "It is missing."));
        return faults.Count == 0 && act is { } known
            ? new(id, new RegistrationChange(known, document), null)
            : new(null, null, new ProblemResult(Problem.MalformedRequest) { Errors = faults.ToImmutable() });
    }

    // The document names itself; an id beside it may only say the same.
    private static RegistrationId? OfDocument(
        RegistrationKind kind, JsonElement document, RegistrationId? beside, ImmutableArray<Fault>.Builder faults)
    {
        if (document.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new(null, "/document", "An object is expected beside register."));
            return null;
        }

        var member = RegistrationId.Member(kind);
        var id = document.TryGetProperty(member, out var name) ? RegistrationId.Of(kind, Text(name)) : null;
        if (id is null) faults.Add(new(null, $"/document/{member}", $"No name of {Words(kind)}."));
        else if (beside is not null && beside != id) faults.Add(new(null, "/id", "The document has another name."));
        return id;
    }

    private static RegistrationAction? Act(JsonElement form) => form.TryGetProperty("act", out var act) ? Text(act) switch
    {
        "register" => RegistrationAction.Register,
        "suspend" => RegistrationAction.Suspend,
        "resume" => RegistrationAction.Resume,
        "end" => RegistrationAction.End,
        _ => null,
    } : null;

    private static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private static string Words(RegistrationKind kind) => kind switch
    {
        RegistrationKind.EventType => "an event type: a family, a dot and a word of a-z, 0-9 and hyphens",
        RegistrationKind.Source => "a source: an absolute URI of at most 255 characters",
        _ => "a service: 2 to 63 of a-z, 0-9 and hyphens",
    };
}
