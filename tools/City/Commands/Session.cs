using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;

namespace Scoring.City.Commands;

/// <summary>Everything a command works with, made from one standalone file.</summary>
public sealed class Session : IDisposable
{
    /// <summary>Opens one.</summary>
    /// <param name="standalone">Where the platform is.</param>
    /// <param name="gateways">Gateways to use instead of the standalone's own; empty for that one.</param>
    /// <param name="seed">What every draw starts from.</param>
    /// <param name="parallelMax">How many batches are under way at once.</param>
    public Session(StandaloneFile standalone, IReadOnlyList<Uri> gateways, string seed, int parallelMax)
    {
        Standalone = standalone;
        Api = new ApiClient(gateways.Count > 0 ? gateways : [standalone.Address]);
        Credentials = new Credentials(standalone, TimeProvider.System);
        Participation = new PlatformClient(Api);
        TownHall = new SyntheticResidents(standalone, Credentials, Participation, seed);
        Sender = new EventSender(standalone, Participation, ExpectedEvents, parallelMax);
        Verifier = new ScoreVerifier(standalone, Credentials, Participation, ExpectedEvents);
    }

    /// <summary>Where the platform is.</summary>
    public StandaloneFile Standalone { get; }

    /// <summary>The HTTP API.</summary>
    public ApiClient Api { get; }

    /// <summary>Tokens and proofs.</summary>
    public Credentials Credentials { get; }

    /// <summary>The API's calls.</summary>
    public PlatformClient Participation { get; }

    /// <summary>Where residents enrol.</summary>
    public SyntheticResidents TownHall { get; }

    /// <summary>What was sent.</summary>
    public ExpectedEvents ExpectedEvents { get; } = new();

    /// <summary>Sends events.</summary>
    public EventSender Sender { get; }

    /// <summary>Compares.</summary>
    public ScoreVerifier Verifier { get; }

    /// <summary>The development clock's keeper.</summary>
    /// <exception cref="CityException">The platform goes by the machine's clock, so no past can be replayed.</exception>
    public ProgrammeClock Clock() => Standalone.ClockFile is { } file
        ? new ProgrammeClock(new DevelopmentClock(file), Participation)
        : throw new CityException("The standalone file names no clock file: only a platform with a development clock can replay the past.");

    /// <inheritdoc/>
    public void Dispose()
    {
        Credentials.Dispose();
        Api.Dispose();
    }
}
