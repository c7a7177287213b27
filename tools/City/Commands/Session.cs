using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Client;

namespace Scoring.City.Commands;

/// <summary>The clients and the state of a command, created from one standalone file.</summary>
public sealed class Session : IDisposable
{
    /// <summary>Creates a session.</summary>
    /// <param name="standalone">The address and the credentials of the platform.</param>
    /// <param name="gateways">Gateways to use instead of the address in the standalone file; empty for that address.</param>
    /// <param name="seed">The seed of synthetic residents and random choices.</param>
    /// <param name="parallelMax">How many batches are sent concurrently.</param>
    public Session(StandaloneFile standalone, IReadOnlyList<Uri> gateways, string seed, int parallelMax)
    {
        Standalone = standalone;
        Api = PlatformConnection.Open(gateways.Count > 0 ? gateways : [standalone.Address]);
        Credentials = new Credentials(standalone, TimeProvider.System);
        Platform = new PlatformClient(Api);
        Residents = new SyntheticResidents(standalone, Credentials, Platform, seed);
        Sender = new EventSender(standalone, Platform, ExpectedEvents, parallelMax);
        Verifier = new ScoreVerifier(standalone, Credentials, Platform, ExpectedEvents);
    }

    /// <summary>The address and the credentials of the platform.</summary>
    public StandaloneFile Standalone { get; }

    /// <summary>The platform's API without an access token; <c>Api.As(token)</c> is a caller's client.</summary>
    public ScoringClient Api { get; }

    /// <summary>Issues access tokens and handle proofs.</summary>
    public Credentials Credentials { get; }

    /// <summary>What City's runs ask of the platform.</summary>
    public PlatformClient Platform { get; }

    /// <summary>Creates and enrols synthetic residents.</summary>
    public SyntheticResidents Residents { get; }

    /// <summary>The accepted events that must count.</summary>
    public ExpectedEvents ExpectedEvents { get; } = new();

    /// <summary>Sends events.</summary>
    public EventSender Sender { get; }

    /// <summary>Compares the platform's scores with recomputed ones.</summary>
    public ScoreVerifier Verifier { get; }

    /// <summary>Returns a setter of the development clock.</summary>
    /// <exception cref="CityException">The platform uses the machine's clock, so the past cannot be replayed.</exception>
    public ProgrammeClock Clock() => Standalone.ClockFile is { } file
        ? new ProgrammeClock(new DevelopmentClock(file), Platform)
        : throw new CityException(
            "The standalone file names no clock file. Start the platform with --Standalone:DevelopmentClock=true to replay the past.");

    /// <inheritdoc/>
    public void Dispose()
    {
        Credentials.Dispose();
        Api.Dispose();
    }
}
