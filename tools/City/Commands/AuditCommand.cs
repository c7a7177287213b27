using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary><c>city audit</c>: the development auditor at work; docs/audit.md says what for.</summary>
public static class AuditCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Build() => new("audit", "Looks as the development auditor; whoever it is about is told.")
    {
        Open(), History(), Recompute(), Draw(), Drawn(), Ledger(),
    };

    private static Command Open()
    {
        var programme = AdminCommand.Programme();
        var purpose = new Option<string>("--purpose")
            { Description = "complaint, supervision, incident or accuracy.", DefaultValueFactory = _ => "supervision" };
        var days = CityOptions.Number("--days", "How many days it lasts, 1 to 90.", 30, 1, 90);
        var command = new Command("case", "Opens a case, which stands in the programme's public record.") { programme, purpose, days };
        return Acting(command, async (parsed, audits, api, cancellationToken) =>
        {
            var published = await api.Ask(
                HttpMethod.Get, $"/v1/programmes/{Uri.EscapeDataString(parsed.GetValue(programme)!)}", null, null, cancellationToken)
                ?? throw new CityException("No such programme is published here.");
            var today = DateOnly.ParseExact(
                published.GetProperty("today").GetString()!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            Console.WriteLine(await audits.Open(
                parsed.GetValue(programme)!, parsed.GetValue(purpose)!, today.AddDays(parsed.GetValue(days)), cancellationToken));
        });
    }

    private static Command History()
    {
        var (opened, file, name) = (Case(), new Argument<string>("FILE") { Description = "The zip file to write." }, new SubjectNameOptions());
        var command = new Command("history", "Writes one history with its proofs; ./run verify archive checks it.") { opened, file };
        return Acting(name.AddTo(command), async (parsed, audits, _, cancellationToken) =>
        {
            await using var zip = new FileStream(parsed.GetValue(file)!, FileMode.CreateNew);
            await audits.History(parsed.GetValue(opened)!, name.Read(parsed), zip, cancellationToken);
        });
    }

    private static Command Recompute()
    {
        var (opened, name) = (Case(), new SubjectNameOptions());
        var command = new Command("recompute", "Works a score out from the ledger alone, beside the live one.") { opened };
        return Acting(name.AddTo(command), async (parsed, audits, _, cancellationToken) =>
            Print(await audits.Recompute(parsed.GetValue(opened)!, name.Read(parsed), cancellationToken)));
    }

    private static Command Draw()
    {
        var (opened, count) = (Case(), CityOptions.Number("--count", "How many subjects, 1 to 20.", 1, 1, 20));
        return Acting(
            new Command("draw", "Asks for a draw, fixed by the next checkpoint.") { opened, count },
            async (parsed, audits, _, cancellationToken) =>
            Console.WriteLine(await audits.Draw(parsed.GetValue(opened)!, parsed.GetValue(count), cancellationToken)));
    }

    private static Command Drawn()
    {
        var draw = new Argument<string>("DRAW") { Description = "The draw's name." };
        return Acting(
            new Command("drawn", "How a draw stands, and the places drawn.") { draw }, async (parsed, audits, _, cancellationToken) =>
            Print(await audits.Drawn(parsed.GetValue(draw)!, cancellationToken)));
    }

    private static Command Ledger()
    {
        var (opened, file) = (Case(), new Argument<string>("FILE") { Description = "The zip file to write." });
        var command = new Command("ledger", "Writes every leaf of the ledger; ./run verify ledger checks it.") { opened, file };
        return Acting(command, async (parsed, audits, _, cancellationToken) =>
        {
            await using var zip = new FileStream(parsed.GetValue(file)!, FileMode.CreateNew);
            await audits.Ledger(parsed.GetValue(opened)!, zip, cancellationToken);
        });
    }

    private static Argument<string> Case() => new("CASE") { Description = "The case's name." };

    private static void Print(JsonElement answer) => Console.WriteLine(JsonSerializer.Serialize(answer, Readable));

    private static Command Acting(Command command, Func<ParseResult, AuditorClient, ApiClient, CancellationToken, Task> act)
    {
        var standalone = CityOptions.Standalone();
        command.Options.Add(standalone);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = StandaloneFile.Read(parsed.GetValue(standalone)!);
            using var api = new ApiClient([file.Address]);
            await act(parsed, new AuditorClient(api, file.AuditorToken), api, cancellationToken);
            return 0;
        });
        return command;
    }
}

/// <summary>How an auditor names a subject on the command line.</summary>
public sealed class SubjectNameOptions
{
    private readonly Option<string?> _reference = new("--reference") { Description = "The reference of a service's answer." };
    private readonly Option<string?> _contest = new("--contest") { Description = "The name of a contest." };
    private readonly Option<string?> _code = new("--code") { Description = "The participant's audit code." };
    private readonly Option<string?> _draw = new("--draw") { Description = "A draw of the case." };
    private readonly Option<int?> _pick = new("--pick") { Description = "Which of those drawn, from 1." };

    /// <summary>Adds them to a command.</summary>
    public Command AddTo(Command command)
    {
        foreach (var option in (Option[])[_reference, _contest, _code, _draw, _pick]) command.Options.Add(option);
        return command;
    }

    /// <summary>The name that was given.</summary>
    /// <exception cref="CityException">None, or more than one.</exception>
    public JsonObject Read(ParseResult parsed)
    {
        var name = new JsonObject();
        foreach (var (member, option) in ((string, Option<string?>)[])[
            ("reference", _reference), ("contest", _contest), ("auditCode", _code), ("draw", _draw)])
            if (parsed.GetValue(option) is { } value) name[member] = value;
        if (name.Count != 1) throw new CityException("Name the subject by one of --reference, --contest, --code, or --draw with --pick.");
        if (parsed.GetValue(_draw) is not null) name["pick"] = parsed.GetValue(_pick) ?? 1;
        return name;
    }
}
