using System.CommandLine;
using System.Text.Json;
using Scoring.City.Platform;
using Scoring.Client;

namespace Scoring.City.Commands;

/// <summary>The command <c>city audit</c>: acts as the development auditor. docs/audit.md explains the steps.</summary>
public static class AuditCommand
{
    private static readonly JsonSerializerOptions Readable = new(ScoringJson.Options) { WriteIndented = true };

    /// <summary>Builds the command.</summary>
    public static Command Build() => new("audit", "Act as the development auditor. Participants see each access to their entries.")
    {
        Open(), History(), Recompute(), Draw(), Drawn(), Ledger(),
    };

    private static Command Open()
    {
        var programme = AdminCommand.Programme();
        var purpose = new Option<string>("--purpose")
            { Description = "The purpose: complaint, supervision, incident or accuracy.", DefaultValueFactory = _ => "supervision" }
            .AcceptOnlyFromAmong([.. Words.All<AuditPurpose>()]);
        var days = CityOptions.Number("--days", "How many days the case lasts, 1 to 90.", 30, 1, 90);
        var command = new Command("case", "Open a case. The programme's public record shows it.") { programme, purpose, days };
        return Acting(command, async (parsed, auditor, cancellationToken) =>
        {
            var published = await auditor.Programmes.Find(parsed.GetValue(programme)!, cancellationToken).OrNull()
                ?? throw new CityException("The platform has no published programme of this id.");
            var request = new AuditCaseRequest(
                parsed.GetValue(programme)!, Words.Find<AuditPurpose>(parsed.GetValue(purpose)!)!.Value,
                published.Today.AddDays(parsed.GetValue(days)));
            Console.WriteLine((await auditor.Audit.OpenCase(request, cancellationToken)).Case);
        });
    }

    private static Command History()
    {
        var auditCase = Case();
        var file = ZipFile();
        var name = new SubjectNameOptions();
        var command = new Command("history", "Write one subject's history with its proofs. Check it with: ./run verify archive FILE.")
            { auditCase, file };
        return Acting(name.AddTo(command), async (parsed, auditor, cancellationToken) =>
        {
            await using var zip = new FileStream(parsed.GetValue(file)!, FileMode.CreateNew);
            await auditor.Audit.DownloadHistory(
                new HistoryRequest(parsed.GetValue(auditCase)!, name.Read(parsed)), zip, cancellationToken);
        });
    }

    private static Command Recompute()
    {
        var auditCase = Case();
        var name = new SubjectNameOptions();
        var command = new Command("recompute", "Compute a score from the ledger alone, next to the live score.") { auditCase };
        return Acting(name.AddTo(command), async (parsed, auditor, cancellationToken) =>
            Print(await auditor.Audit.Recompute(
                new RecomputationRequest(parsed.GetValue(auditCase)!, name.Read(parsed)), cancellationToken)));
    }

    private static Command Draw()
    {
        var auditCase = Case();
        var count = CityOptions.Number("--count", "How many subjects to draw, 1 to 20.", 1, 1, 20);
        return Acting(
            new Command("draw", "Request a random draw of subjects, which the next checkpoint fixes.") { auditCase, count },
            async (parsed, auditor, cancellationToken) =>
            Console.WriteLine((await auditor.Audit.AskDraw(
                new DrawRequest(parsed.GetValue(auditCase)!, parsed.GetValue(count)), cancellationToken)).Draw));
    }

    private static Command Drawn()
    {
        var draw = new Argument<string>("DRAW") { Description = "The name that the command draw printed." };
        return Acting(
            new Command("drawn", "Show the status of a draw and the drawn positions.") { draw },
            async (parsed, auditor, cancellationToken) =>
            Print(await auditor.Audit.FindDraw(parsed.GetValue(draw)!, cancellationToken)));
    }

    private static Command Ledger()
    {
        var auditCase = Case();
        var file = ZipFile();
        var command = new Command("ledger", "Write every leaf of the ledger. Check it with: ./run verify ledger FILE.") { auditCase, file };
        return Acting(command, async (parsed, auditor, cancellationToken) =>
        {
            await using var zip = new FileStream(parsed.GetValue(file)!, FileMode.CreateNew);
            await auditor.Audit.DownloadLedger(new LedgerArchiveRequest(parsed.GetValue(auditCase)!), zip, cancellationToken);
        });
    }

    private static Argument<string> Case() => new("CASE") { Description = "The name that the command case printed." };

    private static Argument<string> ZipFile() => new("FILE") { Description = "The zip file to write." };

    private static void Print<T>(T answer) => Console.WriteLine(JsonSerializer.Serialize(answer, Readable));

    private static Command Acting(Command command, Func<ParseResult, ScoringClient, CancellationToken, Task> act)
    {
        var standalone = CityOptions.Standalone();
        command.Options.Add(standalone);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = StandaloneFile.Read(parsed.GetValue(standalone)!);
            using var api = PlatformConnection.Open([file.Address]);
            await act(parsed, api.As(file.AuditorToken), cancellationToken);
            return 0;
        });
        return command;
    }
}

/// <summary>The options by which an auditor names a subject. A subject is named in exactly one way.</summary>
public sealed class SubjectNameOptions
{
    private readonly Option<string?> _reference = new("--reference") { Description = "The reference in a service's answer." };
    private readonly Option<string?> _contest = new("--contest") { Description = "The name of a contest." };
    private readonly Option<string?> _code = new("--code") { Description = "The participant's audit code." };
    private readonly Option<string?> _draw = new("--draw") { Description = "A draw of the case, with --pick." };
    private readonly Option<int?> _pick = new("--pick") { Description = "With --draw: which of the drawn subjects, from 1. Default: 1." };

    /// <summary>Adds the options to a command.</summary>
    public Command AddTo(Command command)
    {
        foreach (var option in (Option[])[_reference, _contest, _code, _draw, _pick]) command.Options.Add(option);
        return command;
    }

    /// <summary>Reads the given name.</summary>
    /// <exception cref="CityException">No name is given, or more than one.</exception>
    public NamedSubject Read(ParseResult parsed)
    {
        if (((Option<string?>[])[_reference, _contest, _code, _draw]).Count(option => parsed.GetValue(option) is not null) != 1)
            throw new CityException("Name the subject by exactly one of --reference, --contest, --code and --draw.");
        var draw = parsed.GetValue(_draw);
        return new NamedSubject(
            parsed.GetValue(_reference), parsed.GetValue(_contest), parsed.GetValue(_code), draw,
            draw is null ? null : parsed.GetValue(_pick) ?? 1);
    }
}
