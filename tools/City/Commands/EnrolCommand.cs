using System.CommandLine;
using Scoring.City.Display;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary><c>city enrol</c>: makes up residents and enrols them.</summary>
public static class EnrolCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var (standalone, seed, state) = (CityOptions.Standalone(), CityOptions.Seed(), CityOptions.State());
        var programme = new Option<string>("--programme") { Description = "The programme to enrol in.", Required = true };
        var count = CityOptions.Number("--count", "How many to enrol, 1 to 1,000,000.", 100, 1, 1_000_000);
        var command = new Command("enrol", "Enrols made-up residents and keeps them for load.")
            { standalone, seed, state, programme, count };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = new Session(StandaloneFile.Read(parsed.GetValue(standalone)!), [], parsed.GetValue(seed)!, 1);
            var document = await session.Participation.Programme(parsed.GetValue(programme)!, cancellationToken);
            Resident[] people = [.. Enumerable.Range(0, parsed.GetValue(count))
                .Select(i => session.TownHall.Meet(document.Id,
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"resident-{i}")))];
            var enrolled = await ProgressDisplays.Run(
                show => session.TownHall.Enrol(document, people, show.Start("Enrolling", people.Length), cancellationToken));
            StateFile.Add(parsed.GetValue(state)!, [.. enrolled]);
            Console.WriteLine($"{enrolled.Count:N0} enrolled in {document.Id}, kept in {parsed.GetValue(state)}.");
            return 0;
        });
        return command;
    }
}
