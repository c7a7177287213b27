using System.CommandLine;
using System.Text.Json;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary><c>city admin</c>: one of the development administrators leads programmes by hand.</summary>
public static class AdminCommand
{
    /// <summary>The command.</summary>
    public static Command Build() => new("admin", "Leads programmes as one of the development administrators.")
    {
        Begin(), Draft(), Show(), Validate(), SimulateCommand.Build(), Approve(), Suspend(),
        Act("resume", "Approves resuming a programme; two are needed.",
            (admin, programme, cancellationToken) => admin.Resume(programme, cancellationToken)),
        Act("end", "Approves ending a programme for good; two are needed.",
            (admin, programme, cancellationToken) => admin.End(programme, cancellationToken)),
        RegistrationCommands.Propose(), RegistrationCommands.Confirm(),
        ContestCommands.List(), ContestCommands.Open(), ContestCommands.Decide(), Record(),
    };

    /// <summary>The programme's name.</summary>
    public static Argument<string> Programme() => new("PROGRAMME") { Description = "The programme's name, as in safe-driver." };

    /// <summary>A command that acts as one administrator.</summary>
    public static Command Acting(Command command, Func<ParseResult, AdministratorClient, ApiClient, CancellationToken, Task> act)
    {
        var standalone = CityOptions.Standalone();
        var who = CityOptions.Number("--as", "Which of the three development administrators acts.", 1, 1, 3);
        command.Options.Add(standalone);
        command.Options.Add(who);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = StandaloneFile.Read(parsed.GetValue(standalone)!);
            using var api = new ApiClient([file.Address]);
            await act(parsed, new AdministratorClient(api, file.AdministratorToken(parsed.GetValue(who))), api, cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command Begin()
    {
        var (programme, file) = (Programme(), new Argument<string>("FILE") { Description = "The file to write." });
        var notice = CityOptions.Number("--notice", "How many days ahead its first day lies, 1 to 365.", 15, 1, 365);
        var command = new Command("begin", "Writes a draft file that repeats the last published version, to be edited.")
            { programme, file, notice };
        return Acting(command, async (parsed, _, api, cancellationToken) =>
        {
            var name = parsed.GetValue(programme)!;
            var published = await api.Ask(HttpMethod.Get, $"/v1/programmes/{Uri.EscapeDataString(name)}", null, null, cancellationToken)
                ?? throw new CityException($"No programme {name} is published here.");
            await File.WriteAllTextAsync(parsed.GetValue(file)!, DraftFile.Next(published, parsed.GetValue(notice)), cancellationToken);
            Console.WriteLine($"Edit {parsed.GetValue(file)}, then: city admin draft {parsed.GetValue(file)}");
        });
    }

    private static Command Draft()
    {
        var file = new Argument<string>("FILE") { Description = "A draft in JSON." };
        var command = new Command("draft", "Puts a draft, of a new programme or of the next version.") { file };
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
            new Command("show", "How a programme stands, with its draft.") { programme }, async (parsed, admin, _, cancellationToken) =>
            AdminView.Programme(Console.Out, await admin.Programme(parsed.GetValue(programme)!, cancellationToken)
                ?? throw new CityException("There is neither a draft nor a publication.")));
    }

    private static Command Validate()
    {
        var programme = Programme();
        return Acting(
            new Command("validate", "Everything wrong with the draft.") { programme }, async (parsed, admin, _, cancellationToken) =>
            AdminView.Draft(Console.Out, await admin.Validate(parsed.GetValue(programme)!, cancellationToken)));
    }

    private static Command Approve()
    {
        var programme = Programme();
        var hash = new Option<string?>("--hash") { Description = "The draft that was looked at; by default the one under way." };
        var command = new Command("approve", "Approves the draft; two others than its author are needed.") { programme, hash };
        return Acting(command, async (parsed, admin, _, cancellationToken) =>
        {
            var name = parsed.GetValue(programme)!;
            AdminView.Outcome(
                Console.Out,
                await admin.Approve(name, parsed.GetValue(hash) ?? await UnderWay(admin, name, cancellationToken), cancellationToken));
        });
    }

    private static Command Suspend()
    {
        var programme = Programme();
        var reason = new Option<string>("--reason") { Description = "Why, in plain words; public.", Required = true };
        var command = new Command("suspend", "Suspends a programme at once.") { programme, reason };
        return Acting(command, async (parsed, admin, _, cancellationToken) =>
            AdminView.Outcome(Console.Out, await admin.Suspend(parsed.GetValue(programme)!, parsed.GetValue(reason)!, cancellationToken)));
    }

    private static Command Record()
    {
        var programme = Programme();
        return Acting(new Command("record", "What administrators did, as everybody may read it.") { programme },
            async (parsed, admin, _, cancellationToken) =>
            {
                for (long? after = 0; after is { } from;)
                {
                    var page = await admin.Record(parsed.GetValue(programme)!, from, cancellationToken);
                    foreach (var act in page.GetProperty("acts").EnumerateArray()) AdminView.Act(Console.Out, act);
                    after = page.GetProperty("after") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
                }
            });
    }

    private static Command Act(string name, string words, Func<AdministratorClient, string, CancellationToken, Task<JsonElement>> act)
    {
        var programme = Programme();
        return Acting(new Command(name, words) { programme }, async (parsed, admin, _, cancellationToken) =>
            AdminView.Outcome(Console.Out, await act(admin, parsed.GetValue(programme)!, cancellationToken)));
    }

    private static async Task<string> UnderWay(AdministratorClient admin, string programme, CancellationToken cancellationToken) =>
        await admin.Programme(programme, cancellationToken) is { } found
            && found.GetProperty("draft") is { ValueKind: JsonValueKind.Object } draft
            ? draft.GetProperty("hash").GetString()!
            : throw new CityException("There is no draft.");

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
