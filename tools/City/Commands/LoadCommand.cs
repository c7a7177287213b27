using System.CommandLine;
using System.Globalization;
using Scoring.City.Display;
using Scoring.City.Expected;
using Scoring.City.Loads;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Verify.Scores;

namespace Scoring.City.Commands;

/// <summary>The command <c>city load</c>: sends synthetic events at a given rate for a given time.</summary>
public static class LoadCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var standalone = CityOptions.Standalone();
        var seed = CityOptions.Seed();
        var state = CityOptions.State();
        var gateway = CityOptions.Gateway();
        var verify = CityOptions.Verify();
        var parallel = CityOptions.Parallel();
        var programme = new Option<string>("--programme")
        {
            Description = "The programme whose events are sent.",
            DefaultValueFactory = _ => ProgrammeNames.SafeDriver,
        };
        var rate = CityOptions.Number("--rate", "Events per second, 1 to 100,000.", 500, 1, 100_000);
        var duration = CityOptions.Number("--duration", "Duration in seconds, 1 to 3,600.", 30, 1, 3600);
        var subjects = CityOptions.Number("--subjects", "How many residents the events are about, 1 to 1,000,000.", 100, 1, 1_000_000);
        var linked = new Option<bool>("--linked")
        {
            Description = "Send the events about what people link in the portal: cars, cards, passes and kitchens. It enrols no resident.",
        };
        var command = new Command("load", "Send synthetic events at a given rate, and measure how long the answers take.")
        {
            standalone, seed, state, gateway, verify, parallel, programme, rate, duration, subjects, linked,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var file = StandaloneFile.Read(parsed.GetValue(standalone)!);
            var plan = new LoadPlan(
                parsed.GetValue(programme)!, parsed.GetValue(subjects), parsed.GetValue(rate), parsed.GetValue(duration),
                parsed.GetValue(parallel), parsed.GetValue(verify), parsed.GetValue(linked), parsed.GetValue(seed)!,
                parsed.GetValue(state)!);
            return Act(file, parsed.GetValue(gateway) ?? [], plan, cancellationToken);
        });
        return command;
    }

    private static async Task<int> Act(
        StandaloneFile file, IReadOnlyList<Uri> gateways, LoadPlan plan, CancellationToken cancellationToken)
    {
        if (plan is { Linked: true, Verify: true })
            throw new CityException("--verify recomputes the scores of residents, so it does not go with --linked.");
        using var session = new Session(file, gateways, plan.Seed, plan.ParallelMax);
        var load = new LoadGenerator(session.Sender, Now(file), plan.RatePerSecond, plan.Seed);
        var results = await ProgressDisplays.Run(display => Run(session, load, plan, display, cancellationToken));
        (string, string)[] lines =
        [
            ("requested rate", $"{plan.RatePerSecond:N0} per second"),
            ("reached rate", $"{session.Sender.Accepted / plan.Seconds:N0} per second"),
        ];
        return RunSummary.Print(session, results, lines) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<VerificationResult>> Run(
        Session session, LoadGenerator load, LoadPlan plan, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var programme = await session.Platform.Programme(plan.Programme, cancellationToken);
        if (plan.Linked)
        {
            await Send(MadeUpResidents.Of(session.Standalone, programme.Id));
            return [];
        }
        Resident[] known = [.. StateFile.Read(plan.StatePath).Where(r => r.Programme == programme.Id && r.Ordinal is not null)];
        var people = !plan.Verify && known.Length >= plan.Subjects
            ? known[..plan.Subjects]
            : await EnrolNew(session, programme, plan.Subjects, display, cancellationToken);
        await Send(people);
        if (!plan.Verify) return [];
        return [await session.Verifier.Compare(programme.Id, people, display.Start("Verifying", people.Count), cancellationToken)];

        Task Send(IReadOnlyList<Resident> about) => load.Run(
            programme, about, TimeSpan.FromSeconds(plan.Seconds), plan.ParallelMax, display.Start("Seconds of load", plan.Seconds),
            cancellationToken);
    }

    /// <summary>Enrols residents without a history, so that City knows all of their events.</summary>
    private static Task<IReadOnlyList<Resident>> EnrolNew(
        Session session, ProgrammeDocument programme, int count, IProgressDisplay display, CancellationToken cancellationToken)
    {
        var run = Guid.NewGuid().ToString("N");
        Resident[] people = [.. Enumerable.Range(0, count)
            .Select(i => session.Residents.Draw(programme.Id, string.Create(CultureInfo.InvariantCulture, $"load-{run}-{i}")))];
        return session.Residents.Enrol(programme, people, display.Start("Enrolling", count), cancellationToken);
    }

    /// <summary>
    /// Returns the clock of the platform's programmes: the clock file's instant when there is one, else the machine's time.
    /// </summary>
    private static Func<DateTimeOffset> Now(StandaloneFile file) => () =>
        (file.ClockFile is { } path ? new DevelopmentClock(path).Read() : null) ?? TimeProvider.System.GetUtcNow();

    private sealed record LoadPlan(
        string Programme, int Subjects, int RatePerSecond, int Seconds, int ParallelMax, bool Verify, bool Linked, string Seed,
        string StatePath);
}
