using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary>The commands <c>city admin propose</c> and <c>confirm</c>: register event types, sources and services.</summary>
public static class RegistrationCommands
{
    /// <summary>Builds the command that proposes a change.</summary>
    public static Command Propose()
    {
        var kind = Kind();
        var act = new Option<string>("--act") { Description = "What to do with it.", DefaultValueFactory = _ => "register" }
            .AcceptOnlyFromAmong("register", "suspend", "resume", "end");
        var document = new Option<string?>("--document") { Description = "With register: its document, a JSON file." };
        var id = new Option<string?>("--id") { Description = "With suspend, resume and end: its id." };
        var command = new Command("propose", "Propose to register, suspend, resume or end an event type, a source or a service.")
            { kind, act, document, id };
        return AdminCommand.Acting(command, async (parsed, admin, _, cancellationToken) =>
        {
            var change = new JsonObject { ["act"] = parsed.GetValue(act) };
            if (parsed.GetValue(id) is { } value) change["id"] = value;
            if (parsed.GetValue(document) is { } path) change["document"] = await Read(path, cancellationToken);
            AdminView.Proposal(Console.Out, await admin.Propose(parsed.GetValue(kind)!, change, cancellationToken));
        });
    }

    /// <summary>Builds the command that approves a proposal.</summary>
    public static Command Confirm()
    {
        var kind = Kind();
        var id = new Argument<string>("ID") { Description = "The id in the proposal." };
        var command = new Command("confirm", "Approve the open proposal. An administrator other than its author must approve.")
            { kind, id };
        return AdminCommand.Acting(command, async (parsed, admin, _, cancellationToken) =>
        {
            var registrationKind = parsed.GetValue(kind)!;
            var registrationId = parsed.GetValue(id)!;
            var registration = await admin.Registration(registrationKind, registrationId, cancellationToken);
            if (registration.GetProperty("proposal") is not { ValueKind: JsonValueKind.Object } proposal)
                throw new CityException("There is no open proposal for this id.");
            AdminView.Proposal(Console.Out, proposal);
            var hash = proposal.GetProperty("hash").GetString()!;
            AdminView.Outcome(Console.Out, await admin.Confirm(registrationKind, registrationId, hash, cancellationToken));
        });
    }

    private static Argument<string> Kind() =>
        new Argument<string>("KIND") { Description = "The kind of registration." }.AcceptOnlyFromAmong(
            "event-types", "sources", "services");

    private static async Task<JsonNode?> Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            return JsonNode.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CityException($"Cannot read {path}: {exception.Message}");
        }
    }
}
