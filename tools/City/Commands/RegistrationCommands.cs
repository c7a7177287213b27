using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary><c>city admin propose</c> and <c>confirm</c>: event types, sources and services.</summary>
public static class RegistrationCommands
{
    /// <summary>Proposes.</summary>
    public static Command Propose()
    {
        var kind = Kind();
        var act = new Option<string>("--act") { Description = "What is to become of it.", DefaultValueFactory = _ => "register" }
            .AcceptOnlyFromAmong("register", "suspend", "resume", "end");
        var document = new Option<string?>("--document") { Description = "With register: the file with its document in JSON." };
        var id = new Option<string?>("--id") { Description = "With the other acts: its name." };
        var command = new Command("propose", "Proposes to register, suspend, resume or end an event type, source or service.")
            { kind, act, document, id };
        return AdminCommand.Acting(command, async (parsed, admin, _, cancellationToken) =>
        {
            var change = new JsonObject { ["act"] = parsed.GetValue(act) };
            if (parsed.GetValue(id) is { } name) change["id"] = name;
            if (parsed.GetValue(document) is { } path) change["document"] = await Read(path, cancellationToken);
            AdminView.Proposal(Console.Out, await admin.Propose(parsed.GetValue(kind)!, change, cancellationToken));
        });
    }

    /// <summary>Approves.</summary>
    public static Command Confirm()
    {
        var (kind, id) = (Kind(), new Argument<string>("ID") { Description = "Its name." });
        var command = new Command("confirm", "Approves the proposal under way; another than its author is needed.") { kind, id };
        return AdminCommand.Acting(command, async (parsed, admin, _, cancellationToken) =>
        {
            var (of, name) = (parsed.GetValue(kind)!, parsed.GetValue(id)!);
            var found = await admin.Registration(of, name, cancellationToken);
            if (found.GetProperty("proposal") is not { ValueKind: JsonValueKind.Object } proposal)
                throw new CityException("No proposal is under way.");
            AdminView.Proposal(Console.Out, proposal);
            AdminView.Outcome(Console.Out, await admin.Confirm(of, name, proposal.GetProperty("hash").GetString()!, cancellationToken));
        });
    }

    private static Argument<string> Kind() =>
        new Argument<string>("KIND") { Description = "What is registered." }.AcceptOnlyFromAmong("event-types", "sources", "services");

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
