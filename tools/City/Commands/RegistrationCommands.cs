using System.CommandLine;
using System.Text.Json;
using Scoring.Client;

namespace Scoring.City.Commands;

/// <summary>The commands <c>city admin propose</c> and <c>confirm</c>: register event types, sources and services.</summary>
public static class RegistrationCommands
{
    private static readonly Dictionary<string, RegistrationKind> Kinds = new()
    {
        ["event-types"] = RegistrationKind.EventType,
        ["sources"] = RegistrationKind.Source,
        ["services"] = RegistrationKind.Service,
    };

    /// <summary>Builds the command that proposes a change.</summary>
    public static Command Propose()
    {
        var kind = Kind();
        var act = new Option<string>("--act") { Description = "What to do with it.", DefaultValueFactory = _ => "register" }
            .AcceptOnlyFromAmong([.. Words.All<RegistrationAction>()]);
        var document = new Option<string?>("--document") { Description = "With register: its document, a JSON file." };
        var id = new Option<string?>("--id") { Description = "With suspend, resume and end: its id." };
        var command = new Command("propose", "Propose to register, suspend, resume or end an event type, a source or a service.")
            { kind, act, document, id };
        return AdminCommand.Acting(command, async (parsed, admin, cancellationToken) =>
        {
            var proposal = new RegistrationProposal(
                Words.Find<RegistrationAction>(parsed.GetValue(act)!)!.Value, parsed.GetValue(id),
                parsed.GetValue(document) is { } path ? await Read(path, cancellationToken) : null);
            AdminView.Proposal(
                Console.Out, await admin.Registrations.Propose(Kinds[parsed.GetValue(kind)!], proposal, cancellationToken));
        });
    }

    /// <summary>Builds the command that approves a proposal.</summary>
    public static Command Confirm()
    {
        var kind = Kind();
        var id = new Argument<string>("ID") { Description = "The id in the proposal." };
        var command = new Command("confirm", "Approve the open proposal. An administrator other than its author must approve.")
            { kind, id };
        return AdminCommand.Acting(command, async (parsed, admin, cancellationToken) =>
        {
            var registrationKind = Kinds[parsed.GetValue(kind)!];
            var registrationId = parsed.GetValue(id)!;
            var registration = await admin.Registrations.Find(registrationKind, registrationId, cancellationToken);
            if (registration.Proposal is not { } proposal)
                throw new CityException("There is no open proposal for this id.");
            AdminView.Proposal(Console.Out, proposal);
            AdminView.Outcome(Console.Out, await admin.Registrations.Approve(
                registrationKind, registrationId, new ApprovalRequest(proposal.Hash), cancellationToken));
        });
    }

    private static Argument<string> Kind() =>
        new Argument<string>("KIND") { Description = "The kind of registration." }.AcceptOnlyFromAmong([.. Kinds.Keys]);

    private static async Task<JsonElement> Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            return JsonElement.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CityException($"Cannot read {path}: {exception.Message}");
        }
    }
}
