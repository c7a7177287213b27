using System.CommandLine;
using System.Globalization;
using Scoring.City.Display;
using Scoring.City.Expected;
using Scoring.City.Loads;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Verify.Scores;

namespace Scoring.City.Commands;

/// <summary><c>city load</c>: made-up events at a given rate for a given time.</summary>
public static class LoadCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var (standalone, seed, state, gateway) = (CityOptions.Standalone(), CityOptions.Seed(), CityOptions.State(), CityOptions.Gateway());
        var (verify, parallel) = (CityOptions.Verify(), CityOptions.Parallel());
        var programme = new Option<string>("--programme")
        {
            Description = "The programme whose events are made up.",
            DefaultValueFactory = _ => ProgrammeNames.SafeDriver,
        };
        var rate = CityOptions.Number("--rate", "Events a second, 1 to 100,000.", 500, 1, 100_000);
        var duration = CityOptions.Number("--duration", "For so many seconds, 1 to 3,600.", 30, 1, 3600);
        var subjects = CityOptions.Number("--subjects", "About so many residents, 1 to 1,000,000.", 100, 1, 1_000_000);
        var command = new Command("load", "Sends made-up events at a given rate and tells how long answers took.")
        {
            standalone, seed, state, gateway, verify, parallel, programme, rate, duration, subjects,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = StandaloneFile.Read(parsed.GetValue(standalone)!);
            using var session = new Session(file, parsed.GetValue(gateway) ?? [], parsed.GetValue(seed)!, parsed.GetValue(parallel));
            var document = await session.Participation.Programme(parsed.GetValue(programme)!, cancellationToken);
            var comparing = parsed.GetValue(verify);
            Resident[] known = [.. StateFile.Read(parsed.GetValue(state)!).Where(r => r.Programme == document.Id && r.Ordinal is not null)];
            var findings = await ProgressDisplays.Run<IReadOnlyList<VerificationResult>>(async show =>
            {
                var count = parsed.GetValue(subjects);
                var people = !comparing && known.Length >= count
                    ? known[..count]
                    : await EnrolNew(session, document, count, show, cancellationToken);
                var load = new LoadGenerator(session.Sender, Now(file), parsed.GetValue(rate), parsed.GetValue(seed)!);
                var seconds = parsed.GetValue(duration);
                await load.Run(
                    document, people, TimeSpan.FromSeconds(seconds), parsed.GetValue(parallel),
                        show.Start("Seconds of load", seconds), cancellationToken);
                if (!comparing) return [];
                return [await session.Verifier.Compare(document.Id, people, show.Start("Verifying", people.Count), cancellationToken)];
            });
            (string, string)[] lines =
            [
                ("rate asked for", $"{parsed.GetValue(rate):N0} a second"),
                ("rate reached", $"{session.Sender.Accepted / parsed.GetValue(duration):N0} a second"),
            ];
            return RunSummary.Print(session, findings, lines) ? 0 : 1;
        });
        return command;
    }

    /// <summary>Residents with no past, so that all that is known of them was sent here.</summary>
    private static Task<IReadOnlyList<Resident>> EnrolNew(
        Session session, ProgrammeDocument programme, int count, IProgressDisplay show, CancellationToken cancellationToken)
    {
        var run = Guid.NewGuid().ToString("N");
        Resident[] people = [.. Enumerable.Range(0, count)
            .Select(i => session.TownHall.Meet(programme.Id, string.Create(CultureInfo.InvariantCulture, $"load-{run}-{i}")))];
        return session.TownHall.Enrol(programme, people, show.Start("Enrolling", count), cancellationToken);
    }

    /// <summary>What the platform's programmes go by: the clock file's instant while there is one, else the machine's.</summary>
    private static Func<DateTimeOffset> Now(StandaloneFile file) => () =>
        (file.ClockFile is { } path ? new DevelopmentClock(path).Read() : null) ?? TimeProvider.System.GetUtcNow();
}
