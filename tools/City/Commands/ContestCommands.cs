using System.CommandLine;
using System.Text.Json;

namespace Scoring.City.Commands;

/// <summary><c>city admin contests</c>, <c>contest</c> and <c>decide</c>: an administrator judges cases.</summary>
public static class ContestCommands
{
    private static readonly string[] Rejecting = ["source-confirmed", "event-correct"];

    private static readonly string[] Upholding =
        ["source-could-not-confirm", "value-was-wrong", "day-was-wrong", "counted-twice", "not-the-subjects", "outside-purpose"];

    /// <summary>Lists.</summary>
    public static Command List() => AdminCommand.Acting(
        new Command("contests", "Undecided contests, earliest due first."), async (_, admin, _, cancellationToken) =>
        {
            for (string? after = ""; after is not null;)
            {
                var page = await admin.Contests(after, cancellationToken);
                foreach (var one in page.GetProperty("contests").EnumerateArray()) ContestView.Line(Console.Out, one);
                after = page.GetProperty("after").GetString();
            }
        });

    /// <summary>Opens a file.</summary>
    public static Command Open()
    {
        var name = Case();
        return AdminCommand.Acting(
            new Command("contest", "Opens a case's file. The participant is told of this look.") { name },
            async (parsed, admin, _, cancellationToken) => ContestView.File(
                Console.Out, await admin.Contest(parsed.GetValue(name)!, cancellationToken)));
    }

    /// <summary>Decides; the reason says how.</summary>
    public static Command Decide()
    {
        var name = Case();
        var reason = new Option<string>("--reason")
        {
            Description = "Why; the first two reject the contest, the others uphold it.",
            Required = true,
        }.AcceptOnlyFromAmong([.. Rejecting, .. Upholding]);
        return AdminCommand.Acting(
            new Command("decide", "Decides a contest.") { name, reason }, async (parsed, admin, _, cancellationToken) =>
            {
                var why = parsed.GetValue(reason)!;
                ContestView.Decision(
                    Console.Out, await admin.Decide(parsed.GetValue(name)!, upheld: !Rejecting.Contains(why), why, cancellationToken));
            });
    }

    private static Argument<string> Case() => new("CASE") { Description = "The case's random name." };
}

/// <summary>What whoever judges reads, in lines.</summary>
public static class ContestView
{
    /// <summary>A case in one line.</summary>
    public static void Line(TextWriter to, JsonElement one) =>
        to.WriteLine($"{Text(one, "case")}  {Text(one, "programme")}, due {Text(one, "dueOn")}, {Grounds(one)}");

    /// <summary>A case's file.</summary>
    public static void File(TextWriter to, JsonElement file)
    {
        Line(to, file);
        to.WriteLine($"  {Text(file, "eventType")} on {Text(file, "day")} by {Text(file, "source")}");
        to.WriteLine($"  {file.GetProperty("data").GetRawText()}");
        foreach (var one in file.GetProperty("rules").EnumerateArray())
        {
            var rule = one.GetProperty("rule");
            to.WriteLine($"  {one.GetProperty("points").GetInt64(),6}  {Text(rule, "id")}: {Text(rule, "reason")}");
        }
    }

    /// <summary>A decision.</summary>
    public static void Decision(TextWriter to, JsonElement decision)
    {
        var outcome = decision.GetProperty("upheld").GetBoolean() ? "Upheld" : "Rejected";
        to.WriteLine($"{outcome} on {Text(decision, "decidedOn")}: {Text(decision, "reason")}.");
    }

    private static string Grounds(JsonElement of) =>
        string.Join(", ", of.GetProperty("grounds").EnumerateArray().Select(ground => ground.GetString()));

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;
}
