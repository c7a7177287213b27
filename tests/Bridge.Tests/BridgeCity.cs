using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Hosting;
using Scoring.Verify.Scores;

namespace Scoring.Bridge;

[CollectionDefinition]
public sealed class BridgeCityCollection : ICollectionFixture<BridgeCity>;

/// <summary>A real platform on fixed ports, so that its tokens outlive a kill, and residents whom one source knows.</summary>
public sealed class BridgeCity : IAsyncLifetime
{
    private const string Name = ProgrammeNames.SafeDriver;
    private const int Residents = 6;

    private readonly ScratchPlace _place = new();
    private readonly int _port = Mqtt.Mosquitto.FreePort();
    private readonly int _issuerPort = Mqtt.Mosquitto.FreePort();
    private StandaloneProcess _platform = null!;
    private Session _session = null!;
    private ProgrammeDocument _programme = null!;
    private IReadOnlyList<Resident> _people = [];
    private int _events;

    /// <summary>The handles of the enrolled residents, and one of a stranger.</summary>
    internal IReadOnlyList<Handle> Handles { get; private set; } = [];

    /// <summary>The settings by which a bridge reaches the platform.</summary>
    internal string[] Settings =>
    [
        $"--Platform:Addresses:0=http://127.0.0.1:{_port}", $"--Platform:TokenFile={_place.In("token")}", "--Batches:BackoffSecondsMax=1",
        "--Bridge:StopSecondsMax=10",
    ];

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_place.In("platform"));
        await StartPlatform();
        _session = _platform.Session();
        _programme = await _session.Platform.Programme(Name, CancellationToken.None);
        Resident[] drawn = [.. Enumerable.Range(0, 60).Select(i => _session.Residents.Draw(Name, $"driver-{i}"))];
        var source = drawn[0].HandleFor(EventFamily.Traffic).Source;
        Resident[] ofSource = [.. drawn.Where(one => one.HandleFor(EventFamily.Traffic).Source == source).Take(Residents + 1)];
        _people = await _session.Residents.Enrol(_programme, ofSource[..Residents], _ => { }, CancellationToken.None);
        Handles = [.. ofSource.Select(one => one.HandleFor(EventFamily.Traffic))];
        await File.WriteAllTextAsync(_place.In("token"), _session.Standalone.Sources.Single(one => one.Id == source).Token);
    }

    public async ValueTask DisposeAsync()
    {
        _session?.Dispose();
        if (_platform is not null) await _platform.DisposeAsync();
        _place.Dispose();
    }

    internal async Task KillPlatform() => await _platform.Kill();

    internal async Task StartPlatform() =>
        _platform = await StandaloneProcess.Start(
            _place.In("platform"), developmentClock: false, $"--Standalone:Port={_port}", $"--DevelopmentIssuer:Port={_issuerPort}");

    /// <summary>Makes events, and expects those about enrolled residents to count once.</summary>
    internal IReadOnlyList<(Handle Handle, string Json)> Events(int count)
    {
        var made = new List<(Handle, string)>();
        for (var i = 0; i < count; i++)
        {
            var number = _events++;
            var handle = Handles[number % Handles.Count];
            var data = new JsonObject { ["distanceKm"] = 10 + (number % 90), ["overLimitKm"] = number % 3, ["harshBrakings"] = number % 2 };
            var at = TimeProvider.System.GetUtcNow();
            var id = string.Create(CultureInfo.InvariantCulture, $"bridge-{number}");
            var resident = _people.FirstOrDefault(one => one.Handles.Contains(handle));
            var sent = new OutgoingEvent(
                resident ?? _people[0] with { Ordinal = null }, handle, "traffic.trip", id, at, _programme.Today, data);
            if (resident is not null)
                _session.ExpectedEvents.Add(
                    resident, DateTimeOffset.MinValue, handle.Source, id, at, new CountedEvent(sent.Type, sent.Day, data));
            made.Add((handle, Encoding.UTF8.GetString(CloudEvents.Batch([sent]))[1..^1]));
        }
        return made;
    }

    /// <summary>Waits until the residents' histories hold everything, and compares every score with its recomputation.</summary>
    internal async Task ShouldHoldEachEventOnce()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        long entries;
        do
        {
            entries = 0;
            foreach (var one in _people)
                entries += await _session.Platform.CountEvents(
                    _session.Credentials.ParticipantToken(one.Participant), Name, one.Ordinal!.Value, timeout.Token);
        }
        while (entries < _session.ExpectedEvents.Count);
        var result = await _session.Verifier.Compare(Name, _people, _ => { }, timeout.Token);
        result.Mismatches.ShouldBeEmpty();
        result.Events.ShouldBe(_session.ExpectedEvents.Count);
    }
}
