using System.CommandLine;
using Scoring.City.Commands;
using Scoring.City.Demos;

namespace Scoring.City.Drills;

/// <summary>The command <c>city drill</c>: practises the restore of a backup on scratch data, and checks what must hold after it.</summary>
public static class DrillCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var assembly = new Option<string>("--assembly")
            { Description = "The path of Scoring.Standalone.dll. Default: the one in the same build as City." };
        var people = new Option<int>("--people")
        {
            Description = "How many residents are enrolled. Two in five leave.", DefaultValueFactory = _ => 40,
        };
        people.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < RestoreDrill.PeopleMin or > 10_000)
                result.AddError($"--people is from {RestoreDrill.PeopleMin} to 10000.");
        });
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long events flow in each phase: before the backup, after it, and after the point in time.",
            DefaultValueFactory = _ => 5,
        };
        var seed = CityOptions.Seed();
        var command = new Command(
            "drill", "Take a backup of scratch data while events flow, let people leave, restore, and check what must hold.")
        {
            assembly, people, seconds, seed,
        };
        command.SetAction((parsed, cancellationToken) => Run(
            parsed.GetValue(assembly) ?? StandaloneChild.BuiltAssembly(),
            new DrillOptions(
                parsed.GetValue(people), TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(seconds))), parsed.GetValue(seed)!),
            Console.Out, cancellationToken));
        return command;
    }

    /// <summary>Runs the drill. Returns the exit code: 0 when everything held.</summary>
    public static async Task<int> Run(string assembly, DrillOptions options, TextWriter to, CancellationToken cancellationToken)
    {
        var log = new JourneyLog(to);
        await new RestoreDrill(assembly, options, to, log).Run(cancellationToken);
        foreach (var failure in log.Failures) to.WriteLine($"does not hold: {failure}");
        to.WriteLine(log.Failures.Count == 0 ? "Everything held." : $"{log.Failures.Count} expectations did not hold.");
        return log.Failures.Count == 0 ? 0 : 1;
    }
}

/// <summary>What a drill does.</summary>
/// <param name="People">How many residents are enrolled.</param>
/// <param name="Phase">How long events flow in each phase.</param>
/// <param name="Seed">The seed of the residents.</param>
public sealed record DrillOptions(int People, TimeSpan Phase, string Seed);
