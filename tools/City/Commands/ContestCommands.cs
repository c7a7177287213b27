using System.CommandLine;
using System.Text.Json;

namespace Scoring.City.Commands;

/// <summary>The commands <c>city admin contests</c>, <c>contest</c> and <c>decide</c>: an administrator decides contests.</summary>
public static class ContestCommands
{
    private static readonly string[] Rejecting = ["source-confirmed", "event-correct"];

    private static readonly string[] Upholding =
        ["source-could-not-confirm", "value-was-wrong", "day-was-wrong", "counted-twice", "not-the-subjects", "outside-purpose"];

    /// <summary>Builds the command that lists undecided contests.</summary>
    public static Command List() => AdminCommand.Acting(
        new Command("contests", "List undecided contests, earliest due day first."), async (_, admin, _, cancellationToken) =>
        {
            for (string? after = ""; after is not null;)
            {
                var page = await admin.Contests(after, cancellationToken);
                foreach (var contest in page.GetProperty("contests").EnumerateArray()) ContestView.Line(Console.Out, contest);
                after = page.GetProperty("after").GetString();
            }
        });

    /// <summary>Builds the command that opens a case's file.</summary>
    public static Command Open()
    {
        var name = Case();
        return AdminCommand.Acting(
            new Command("contest", "Open a case's file. The participant sees this access.") { name },
            async (parsed, admin, _, cancellationToken) => ContestView.File(
                Console.Out, await admin.Contest(parsed.GetValue(name)!, cancellationToken)));
    }

    /// <summary>Builds the command that decides a contest. The reason determines whether it is rejected or upheld.</summary>
    public static Command Decide()
    {
        var name = Case();
        var reason = new Option<string>("--reason")
        {
            Description =
                $"The reason. To reject the contest: {string.Join(", ", Rejecting)}. To uphold it: {string.Join(", ", Upholding)}.",
            HelpName = "reason",
            Required = true,
        }.AcceptOnlyFromAmong([.. Rejecting, .. Upholding]);
        return AdminCommand.Acting(
            new Command("decide", "Decide a contest.") { name, reason }, async (parsed, admin, _, cancellationToken) =>
            {
                var chosen = parsed.GetValue(reason)!;
                ContestView.Decision(
                    Console.Out,
                    await admin.Decide(parsed.GetValue(name)!, upheld: !Rejecting.Contains(chosen), chosen, cancellationToken));
            });
    }

    private static Argument<string> Case() => new("CASE") { Description = "The case's name, as city admin contests lists it." };
}

/// <summary>Writes contests as lines of text for the administrator who decides them.</summary>
public static class ContestView
{
    /// <summary>Writes a contest in one line.</summary>
    public static void Line(TextWriter to, JsonElement contest) =>
        to.WriteLine($"{Text(contest, "case")}  {Text(contest, "programme")}, due {Text(contest, "dueOn")}, {Grounds(contest)}");

    /// <summary>Writes a case's file: the event, and the points that each rule gives it.</summary>
    public static void File(TextWriter to, JsonElement file)
    {
        Line(to, file);
        to.WriteLine($"  {Text(file, "eventType")} on {Text(file, "day")} by {Text(file, "source")}");
        to.WriteLine($"  {file.GetProperty("data").GetRawText()}");
        foreach (var valued in file.GetProperty("rules").EnumerateArray())
        {
            var rule = valued.GetProperty("rule");
            to.WriteLine($"  {valued.GetProperty("points").GetInt64(),6}  {Text(rule, "id")}: {Text(rule, "reason")}");
        }
    }

    /// <summary>Writes a decision.</summary>
    public static void Decision(TextWriter to, JsonElement decision)
    {
        var outcome = decision.GetProperty("upheld").GetBoolean() ? "Upheld" : "Rejected";
        to.WriteLine($"{outcome} on {Text(decision, "decidedOn")}: {Text(decision, "reason")}.");
    }

    private static string Grounds(JsonElement of) =>
        string.Join(", ", of.GetProperty("grounds").EnumerateArray().Select(ground => ground.GetString()));

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;
}
