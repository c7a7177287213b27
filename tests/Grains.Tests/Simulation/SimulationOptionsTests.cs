using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scoring.Administration;

namespace Scoring.Simulation;

public sealed class SimulationOptionsTests
{
    [Theory]
    [InlineData("PartitionsAtOnce", 1, 16), InlineData("EntriesPerSecondMax", 1_000, 10_000_000)]
    [InlineData("ShadowSharePercent", 1, 100), InlineData("ShadowLookMinutes", 1, 1440)]
    public void Both_ends_of_a_range_are_taken_and_what_lies_beyond_is_refused(string name, int least, int greatest)
    {
        Should.NotThrow(() => Read(name, least));
        Should.NotThrow(() => Read(name, greatest));
        Should.Throw<OptionsValidationException>(() => Read(name, least - 1)).Message.ShouldContain(name);
        Should.Throw<OptionsValidationException>(() => Read(name, greatest + 1)).Message.ShouldContain(name);
    }

    private static SimulationOptions Read(string name, int value)
    {
        var scoring = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { [$"Simulation:{name}"] = $"{value}" }).Build();
        using var services = new ServiceCollection().AddScoringSimulation(scoring).BuildServiceProvider();
        return services.GetRequiredService<IOptions<SimulationOptions>>().Value;
    }
}
