namespace Scoring.Hosting;

/// <summary>One gateway for all tests of a class that do not configure its grains.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    internal TestGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await TestGateway.Start();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
