using System.CommandLine;
using System.Text.Json;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary>The command <c>city admin</c>: acts as one of the development administrators.</summary>
public static class AdminCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build() => new("admin", "Act as one of the development administrators.")
    {
        Begin(), Draft(), Show(), Validate(), SimulateCommand.Build(), Approve(), Suspend(),
        Approval("resume", "Approve that a suspended programme resumes. Two administrators must approve.",
            (admin, programme, cancellationToken) => admin.Resume(programme, cancellationToken)),
        Approval("end", "Approve that a programme ends permanently. Two administrators must approve.",
            (admin, programme, cancellationToken) => admin.End(programme, cancellationToken)),
        RegistrationCommands.Propose(), RegistrationCommands.Confirm(),
        ContestCommands.List(), ContestCommands.Open(), ContestCommands.Decide(), Record(),
    };

    /// <summary>Returns the argument for a programme's id.</summary>
    public static Argument<string> Programme() => new("PROGRAMME") { Description = "The programme's id, for example safe-driver." };

    /// <summary>Makes a command act as one administrator, and adds the options for that.</summary>
    public static Command Acting(Command command, Func<ParseResult, AdministratorClient, ApiClient, CancellationToken, Task> act)
    {
        var standalone = CityOptions.Standalone();
        var number = CityOptions.Number("--as", "The number of the development administrator who acts, 1 to 3.", 1, 1, 3);
        command.Options.Add(standalone);
        command.Options.Add(number);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = StandaloneFile.Read(parsed.GetValue(standalone)!);
            using var api = new ApiClient([file.Address]);
            await act(parsed, new AdministratorClient(api, file.AdministratorToken(parsed.GetValue(number))), api, cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command Begin()
    {
        var programme = Programme();
        var file = new Argument<string>("FILE") { Description = "The file to write." };
        var notice = CityOptions.Number("--notice", "How many days from today the first day is, 1 to 365.", 15, 1, 365);
        var command = new Command("begin", "Write a draft file that repeats the last published version, for you to edit.")
            { programme, file, notice };
        return Acting(command, async (parsed, _, api, cancellationToken) =>
        {
            var name = parsed.GetValue(programme)!;
            var published = await api.SendJson(
                HttpMethod.Get, $"/v1/programmes/{Uri.EscapeDataString(name)}", null, null, cancellationToken)
                ?? throw new CityException($"The platform has no published programme {name}.");
            await File.WriteAllTextAsync(parsed.GetValue(file)!, DraftFile.Next(published, parsed.GetValue(notice)), cancellationToken);
            Console.WriteLine($"Edit {parsed.GetValue(file)}, then run: ./run city admin draft {parsed.GetValue(file)}");
        });
    }

    private static Command Draft()
    {
        var file = new Argument<string>("FILE") { Description = "The draft, a JSON file." };
        var command = new Command("draft", "Put a draft of a new programme, or of a programme's next version.") { file };
        return Acting(command, async (parsed, admin, _, cancellationToken) =>
        {
            var draft = await Read(parsed.GetValue(file)!, cancellationToken);
            AdminView.Draft(Console.Out, await admin.Draft(DraftFile.Programme(draft), draft, cancellationToken));
        });
    }

    private static Command Show()
    {
        var programme = Programme();
        return Acting(
            new Command("show", "Show a programme's status and its draft.") { programme }, async (parsed, admin, _, cancellationToken) =>
            AdminView.Programme(Console.Out, await admin.Programme(parsed.GetValue(programme)!, cancellationToken)
                ?? throw new CityException("The programme has neither a draft nor a published version.")));
    }

    private static Command Validate()
    {
        var programme = Programme();
        return Acting(
            new Command("validate", "List every problem of the draft.") { programme }, async (parsed, admin, _, cancellationToken) =>
            AdminView.Draft(Console.Out, await admin.Validate(parsed.GetValue(programme)!, cancellationToken)));
    }

    private static Command Approve()
    {
        var programme = Programme();
        var hash = new Option<string?>("--hash") { Description = "The hash of the draft that you reviewed. Default: the current draft." };
        var command = new Command("approve", "Approve the draft. Two administrators other than its author must approve.")
            { programme, hash };
        return Acting(command, async (parsed, admin, _, cancellationToken) =>
        {
            var name = parsed.GetValue(programme)!;
            AdminView.Outcome(
                Console.Out,
                await admin.Approve(
                    name, parsed.GetValue(hash) ?? await CurrentDraftHash(admin, name, cancellationToken), cancellationToken));
        });
    }

    private static Command Suspend()
    {
        var programme = Programme();
        var reason = new Option<string>("--reason") { Description = "The reason in plain words. It is public.", Required = true };
        var command = new Command("suspend", "Suspend a programme immediately.") { programme, reason };
        return Acting(command, async (parsed, admin, _, cancellationToken) =>
            AdminView.Outcome(Console.Out, await admin.Suspend(parsed.GetValue(programme)!, parsed.GetValue(reason)!, cancellationToken)));
    }

    private static Command Record()
    {
        var programme = Programme();
        return Acting(new Command("record", "Show the public record of administrators' actions.") { programme },
            async (parsed, admin, _, cancellationToken) =>
            {
                for (long? after = 0; after is { } from;)
                {
                    var page = await admin.Record(parsed.GetValue(programme)!, from, cancellationToken);
                    foreach (var action in page.GetProperty("acts").EnumerateArray()) AdminView.Action(Console.Out, action);
                    after = page.GetProperty("after") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
                }
            });
    }

    private static Command Approval(
        string name, string description, Func<AdministratorClient, string, CancellationToken, Task<JsonElement>> approve)
    {
        var programme = Programme();
        return Acting(new Command(name, description) { programme }, async (parsed, admin, _, cancellationToken) =>
            AdminView.Outcome(Console.Out, await approve(admin, parsed.GetValue(programme)!, cancellationToken)));
    }

    private static async Task<string> CurrentDraftHash(AdministratorClient admin, string programme, CancellationToken cancellationToken) =>
        await admin.Programme(programme, cancellationToken) is { } found
            && found.GetProperty("draft") is { ValueKind: JsonValueKind.Object } draft
            ? draft.GetProperty("hash").GetString()!
            : throw new CityException("The programme has no draft.");

    private static async Task<byte[]> Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CityException($"Cannot read {path}: {exception.Message}");
        }
    }
}
