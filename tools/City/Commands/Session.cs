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
        Api = new Api(gateways.Count > 0 ? gateways : [standalone.Address]);
        Credentials = new Credentials(standalone, TimeProvider.System);
        Participation = new Participation(Api);
        TownHall = new TownHall(standalone, Credentials, Participation, seed);
        Sender = new Sender(standalone, Participation, Book, parallelMax);
        Verification = new Verification(standalone, Credentials, Participation, Book);
    }

    /// <summary>Where the platform is.</summary>
    public StandaloneFile Standalone { get; }

    /// <summary>The HTTP API.</summary>
    public Api Api { get; }

    /// <summary>Tokens and proofs.</summary>
    public Credentials Credentials { get; }

    /// <summary>The API's calls.</summary>
    public Participation Participation { get; }

    /// <summary>Where residents enrol.</summary>
    public TownHall TownHall { get; }

    /// <summary>What was sent.</summary>
    public SentBook Book { get; } = new();

    /// <summary>Sends events.</summary>
    public Sender Sender { get; }

    /// <summary>Compares.</summary>
    public Verification Verification { get; }

    /// <summary>The development clock's keeper.</summary>
    /// <exception cref="CityException">The platform goes by the machine's clock, so no past can be replayed.</exception>
    public ProgrammeTime Time() => Standalone.ClockFile is { } file
        ? new ProgrammeTime(new DevelopmentClock(file), Participation)
        : throw new CityException("The standalone file names no clock file: only a platform with a development clock can replay the past.");

    /// <inheritdoc/>
    public void Dispose()
    {
        Credentials.Dispose();
        Api.Dispose();
    }
}
