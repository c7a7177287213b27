using System.CommandLine;
using Scoring.City.Display;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.City.Commands;

/// <summary>The command <c>city enrol</c>: enrols synthetic residents.</summary>
public static class EnrolCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var standalone = CityOptions.Standalone();
        var seed = CityOptions.Seed();
        var state = CityOptions.State();
        var programme = new Option<string>("--programme") { Description = "The programme to enrol in.", Required = true };
        var count = CityOptions.Number("--count", "How many residents to enrol, 1 to 1,000,000.", 100, 1, 1_000_000);
        var command = new Command("enrol", "Enrol synthetic residents, and keep them for the command load.")
            { standalone, seed, state, programme, count };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = new Session(StandaloneFile.Read(parsed.GetValue(standalone)!), [], parsed.GetValue(seed)!, 1);
            var document = await session.Platform.Programme(parsed.GetValue(programme)!, cancellationToken);
            Resident[] people = [.. Enumerable.Range(0, parsed.GetValue(count))
                .Select(i => session.Residents.Draw(document.Id,
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"resident-{i}")))];
            var enrolled = await ProgressDisplays.Run(
                display => session.Residents.Enrol(document, people, display.Start("Enrolling", people.Length), cancellationToken));
            StateFile.Add(parsed.GetValue(state)!, [.. enrolled]);
            Console.WriteLine($"Enrolled {enrolled.Count:N0} residents in {document.Id}; {parsed.GetValue(state)} keeps them.");
            return 0;
        });
        return command;
    }
}
