using System.CommandLine;
using Scoring.Client;

namespace Scoring.City.Commands;

/// <summary>The commands <c>city admin contests</c>, <c>contest</c> and <c>decide</c>: an administrator decides contests.</summary>
public static class ContestCommands
{
    private static readonly string[] Rejecting =
        [Words.Of(ContestReason.SourceConfirmed), Words.Of(ContestReason.EventCorrect)];

    // Only the platform gives the last reason.
    private static readonly string[] Upholding =
        [.. Words.All<ContestReason>().Except([.. Rejecting, Words.Of(ContestReason.UndecidedInTime)])];

    /// <summary>Builds the command that lists undecided contests.</summary>
    public static Command List() => AdminCommand.Acting(
        new Command("contests", "List undecided contests, earliest due day first."), async (_, admin, cancellationToken) =>
        {
            string? after = null;
            do
            {
                var page = await admin.Cases.List(after, cancellationToken: cancellationToken);
                foreach (var contest in page.Contests) ContestCaseView.Line(Console.Out, contest);
                after = page.After;
            }
            while (after is not null);
        });

    /// <summary>Builds the command that opens a case's file.</summary>
    public static Command Open()
    {
        var name = Case();
        return AdminCommand.Acting(
            new Command("contest", "Open a case's file. The participant sees this access.") { name },
            async (parsed, admin, cancellationToken) => ContestCaseView.File(
                Console.Out, await admin.Cases.Open(parsed.GetValue(name)!, cancellationToken)));
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
            new Command("decide", "Decide a contest.") { name, reason }, async (parsed, admin, cancellationToken) =>
            {
                var chosen = parsed.GetValue(reason)!;
                var decision = new DecisionRequest(!Rejecting.Contains(chosen), Words.Find<ContestReason>(chosen)!.Value);
                ContestCaseView.Decision(Console.Out, await admin.Cases.Decide(parsed.GetValue(name)!, decision, cancellationToken));
            });
    }

    private static Argument<string> Case() => new("CASE") { Description = "The case's name, as city admin contests lists it." };
}

/// <summary>Writes contests as lines of text for the administrator who decides them.</summary>
public static class ContestCaseView
{
    /// <summary>Writes a contest in one line.</summary>
    public static void Line(TextWriter to, CaseView contest) => to.WriteLine(Line(contest));

    /// <summary>Writes a case's file: the event, and the points that each rule gives it.</summary>
    public static void File(TextWriter to, CaseFile file)
    {
        to.WriteLine(Line(new CaseView(file.Case, file.Programme, file.Grounds, file.OpenedOn, file.DueOn)));
        to.WriteLine($"  {file.EventType} on {file.Day:O} by {file.Source}");
        to.WriteLine($"  {file.Data.GetRawText()}");
        foreach (var valued in file.Rules) to.WriteLine($"  {valued.Points,6}  {valued.Rule.Id}: {valued.Rule.Reason}");
    }

    /// <summary>Writes a decision.</summary>
    public static void Decision(TextWriter to, DecisionView decision) =>
        to.WriteLine($"{(decision.Upheld ? "Upheld" : "Rejected")} on {decision.DecidedOn:O}: {Words.Of(decision.Reason)}.");

    private static string Line(CaseView of) =>
        $"{of.Case}  {of.Programme}, due {of.DueOn:O}, {string.Join(", ", of.Grounds.Select(ground => Words.Of(ground)))}";
}
