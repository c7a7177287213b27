namespace Scoring.Hosting;

/// <summary>One gateway for the tests of a class that do not tell its grains anything.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    internal TestGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await TestGateway.Start();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
