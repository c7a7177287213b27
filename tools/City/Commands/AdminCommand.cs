using System.CommandLine;
using Scoring.City.Platform;
using Scoring.Client;

namespace Scoring.City.Commands;

/// <summary>The command <c>city admin</c>: acts as one of the development administrators.</summary>
public static class AdminCommand
{
    private const int RecordPage = 500;

    /// <summary>Builds the command.</summary>
    public static Command Build() => new("admin", "Act as one of the development administrators.")
    {
        Begin(), Draft(), Show(), Validate(), SimulateCommand.Build(), Approve(), Suspend(),
        Approval("resume", "Approve that a suspended programme resumes. Two administrators must approve.",
            (admin, programme, cancellationToken) => admin.Administration.Resume(programme, cancellationToken)),
        Approval("end", "Approve that a programme ends permanently. Two administrators must approve.",
            (admin, programme, cancellationToken) => admin.Administration.End(programme, cancellationToken)),
        RegistrationCommands.Propose(), RegistrationCommands.Confirm(),
        ContestCommands.List(), ContestCommands.Open(), ContestCommands.Decide(), Record(), Inbox(),
    };

    /// <summary>Returns the argument for a programme's id.</summary>
    public static Argument<string> Programme() => new("PROGRAMME") { Description = "The programme's id, for example safe-driver." };

    /// <summary>Makes a command act as one administrator, and adds the options for that.</summary>
    public static Command Acting(Command command, Func<ParseResult, ScoringClient, CancellationToken, Task> act)
    {
        var standalone = CityOptions.Standalone();
        var number = CityOptions.Number("--as", "The number of the development administrator who acts, 1 to 3.", 1, 1, 3);
        command.Options.Add(standalone);
        command.Options.Add(number);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = StandaloneFile.Read(parsed.GetValue(standalone)!);
            using var api = PlatformConnection.Open([file.Address]);
            await act(parsed, api.As(file.AdministratorToken(parsed.GetValue(number))), cancellationToken);
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
        return Acting(command, async (parsed, admin, cancellationToken) =>
        {
            var published = await new PlatformClient(admin).Published(parsed.GetValue(programme)!, cancellationToken);
            await File.WriteAllTextAsync(parsed.GetValue(file)!, DraftFile.Next(published, parsed.GetValue(notice)), cancellationToken);
            Console.WriteLine($"Edit {parsed.GetValue(file)}, then run: ./run city admin draft {parsed.GetValue(file)}");
        });
    }

    private static Command Draft()
    {
        var file = new Argument<string>("FILE") { Description = "The draft, a JSON file." };
        var command = new Command("draft", "Put a draft of a new programme, or of a programme's next version.") { file };
        return Acting(command, async (parsed, admin, cancellationToken) =>
        {
            var draft = await Read(parsed.GetValue(file)!, cancellationToken);
            AdminView.Draft(Console.Out, await DraftFile.Put(admin, draft, cancellationToken));
        });
    }

    private static Command Show()
    {
        var programme = Programme();
        return Acting(
            new Command("show", "Show a programme's status and its draft.") { programme }, async (parsed, admin, cancellationToken) =>
            AdminView.Programme(
                Console.Out,
                await admin.Administration.FindProgramme(parsed.GetValue(programme)!, cancellationToken).OrNull()
                    ?? throw new CityException("The programme has neither a draft nor a published version.")));
    }

    private static Command Validate()
    {
        var programme = Programme();
        return Acting(
            new Command("validate", "List every problem of the draft.") { programme }, async (parsed, admin, cancellationToken) =>
            AdminView.Draft(Console.Out, await admin.Administration.ValidateDraft(parsed.GetValue(programme)!, cancellationToken)));
    }

    private static Command Approve()
    {
        var programme = Programme();
        var hash = new Option<string?>("--hash") { Description = "The hash of the draft that you reviewed. Default: the current draft." };
        var command = new Command("approve", "Approve the draft. Two administrators other than its author must approve.")
            { programme, hash };
        return Acting(command, async (parsed, admin, cancellationToken) =>
        {
            var name = parsed.GetValue(programme)!;
            var approved = parsed.GetValue(hash) ?? await CurrentDraftHash(admin, name, cancellationToken);
            AdminView.Outcome(
                Console.Out, await admin.Administration.ApproveDraft(name, new DraftApprovalRequest(approved), cancellationToken));
        });
    }

    private static Command Suspend()
    {
        var programme = Programme();
        var reason = new Option<string>("--reason") { Description = "The reason in plain words. It is public.", Required = true };
        var command = new Command("suspend", "Suspend a programme immediately.") { programme, reason };
        return Acting(command, async (parsed, admin, cancellationToken) =>
            AdminView.Outcome(Console.Out, await admin.Administration.Suspend(
                parsed.GetValue(programme)!, new SuspensionRequest(parsed.GetValue(reason)!), cancellationToken)));
    }

    private static Command Record()
    {
        var programme = Programme();
        return Acting(new Command("record", "Show the public record of administrators' actions.") { programme },
            async (parsed, admin, cancellationToken) =>
            {
                for (long? after = 0; after is { } from;)
                {
                    var page = await admin.Programmes.ReadRecord(parsed.GetValue(programme)!, from, RecordPage, cancellationToken);
                    foreach (var action in page.Acts) AdminView.Action(Console.Out, action);
                    after = page.After;
                }
            });
    }

    private static Command Inbox() => Acting(
        new Command("inbox", "Show what waits for the administrator."), async (_, admin, cancellationToken) =>
            AdminView.Inbox(Console.Out, await admin.Administration.ReadInbox(cancellationToken)));

    private static Command Approval(
        string name, string description, Func<ScoringClient, string, CancellationToken, Task<ApprovalResponse>> approve)
    {
        var programme = Programme();
        return Acting(new Command(name, description) { programme }, async (parsed, admin, cancellationToken) =>
            AdminView.Outcome(Console.Out, await approve(admin, parsed.GetValue(programme)!, cancellationToken)));
    }

    private static async Task<string> CurrentDraftHash(ScoringClient admin, string programme, CancellationToken cancellationToken) =>
        (await admin.Administration.FindProgramme(programme, cancellationToken).OrNull())?.Draft?.Hash
            ?? throw new CityException("The programme has no draft.");

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
