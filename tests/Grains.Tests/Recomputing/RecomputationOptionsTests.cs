using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Scoring.Recomputing;

public sealed class RecomputationOptionsTests
{
    [Theory]
    [InlineData("Recomputation:SampleSeconds", "0")]
    [InlineData("Recomputation:SampleSeconds", "3601")]
    [InlineData("Recomputation:SampleFolds", "0")]
    [InlineData("Recomputation:SampleFolds", "1001")]
    public void It_cannot_be_turned_off(string name, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(name, (string?)value)]).Build();
        using var provider = new ServiceCollection().AddRecomputation(settings).BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptions<RecomputationOptions>>().Value);
    }
}
