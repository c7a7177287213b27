using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Cluster;

/// <summary>
/// Tests that silos and a gateway as separate processes log and export nothing of people, at the lowest level, while calls succeed, fail,
/// are cut off by the death of a silo, and time out. The configuration asks for everything, also by a rule for the console alone, and
/// every request is traced. A collector takes what is exported, and its bytes are searched.
/// </summary>
public sealed partial class LogCanaryTests : IAsyncLifetime
{
    /// <summary>The names of levels in JSON, and those in lines of text.</summary>
    private static readonly Dictionary<string, string> ShortNames = new()
    {
        ["Trace"] = "trce", ["Debug"] = "dbug", ["Information"] = "info", ["Warning"] = "warn", ["Error"] = "fail", ["Critical"] = "crit",
    };

    private const int People = 6;
    private const int ParallelMax = 4;
    private static readonly TimeSpan FrozenMax = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(240);

    private readonly CancellationTokenSource _timeout = new(TimeMax);
    private OtlpReceiver _collector = null!;
    private readonly PlatformCluster _cluster = new()
    {
        KeepsAll = true,
        Common =
        {
            ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Orleans", "Trace"), ("Logging:Console:LogLevel:Default", "Trace"),
            ("Gateway:Limits:RequestSecondsMax", "8"), ("Notices:WaitSeconds", "5"), ("Cluster:ResponseSeconds", "10"),
        },
    };

    public async ValueTask InitializeAsync()
    {
        _collector = await OtlpReceiver.Start();
        _cluster.Common.AddRange(
        [
            ("Telemetry:Endpoint", _collector.Address), ("Telemetry:SamplingRatio", "1"), ("Telemetry:ExportSeconds", "1"),
            ("Telemetry:QueueMax", "100000"),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _collector.DisposeAsync();
        _timeout.Dispose();
    }

    [Fact]
    public async Task No_process_logs_or_exports_anything_of_people_while_a_silo_is_killed_and_calls_time_out()
    {
        var cancellationToken = _timeout.Token;
        await _cluster.Prepare(cancellationToken);
        PlatformProcess[] silos = [_cluster.StartSilo(), _cluster.StartSilo(("Logging:Console:FormatterName", "json"))];
        await _cluster.UntilActive(2, cancellationToken);
        var gateway = await _cluster.StartGateway(cancellationToken);
        using var session = new Session(_cluster.Clients(gateway), [gateway], "log-canary", ParallelMax);
        var programme = await session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var people = await session.Residents.Enrol(
            programme, [.. Enumerable.Range(0, People).Select(i => session.Residents.Draw(programme.Id, $"keeper-{i}"))], _ => { },
            cancellationToken);
        var calls = new PersonalCalls(session, gateway);
        var traces = await Traces(session, calls, people, cancellationToken);

        await Trace(session, programme, people, calls, cancellationToken);
        await SendAndKill(session, programme, people, calls, silos[0], cancellationToken);
        await TimeOut(calls, people, silos[1], cancellationToken);
        await calls.Withdraw(people[0], cancellationToken);
        await _collector.UntilNext(cancellationToken);

        var search = new ByteSearch(traces);
        foreach (var process in _cluster.Processes)
        {
            process.Lines.Where(line => search.In(Encoding.UTF8.GetBytes(line)).Count > 0).ShouldBeEmpty();
            search.In(Encoding.UTF8.GetBytes(string.Join("\n", process.Lines))).ShouldBeEmpty();
            process.Lines.Where(line => OrleansBelowWarning().IsMatch(line)).Distinct().ShouldBeEmpty();
        }
        foreach (var (path, bytes) in _collector.Received) search.In(bytes).ShouldBeEmpty(path);
        _collector.Received.Select(one => one.Path).Distinct().ShouldBe(["/v1/logs", "/v1/metrics", "/v1/traces"], ignoreOrder: true);
        ShouldHaveLoggedAll();
        search.In(Encoding.UTF8.GetBytes($"planted {people[0].Grant} here")).ShouldContain("grant, bytes");
    }

    /// <summary>
    /// Sends events and queries until one trace holds a batch from HTTP over the commit of the silo that owns its partition to the fold,
    /// and another one a query.
    /// </summary>
    private async Task Trace(
        Session session, ProgrammeDocument programme, IReadOnlyList<Resident> people, PersonalCalls calls,
        CancellationToken cancellationToken)
    {
        var traffic = new Traffic(session, programme, people, batches: 12);
        foreach (var batch in traffic.Batches)
        {
            await calls.All(people, cancellationToken);
            await traffic.SendBatch(batch, session.Platform, cancellationToken);
        }
        string[] ofBatch = ["POST /v1/events", "append", "route", "flush", "deliver", "fold"];
        string[] ofQuery = ["POST /v1/scores/query", "append", "flush", "fold"];
        await _collector.Until(_ => IsTraced(ofBatch, processes: 3) && IsTraced(ofQuery, processes: 2), cancellationToken);

        bool IsTraced(string[] names, int processes) => _collector.Spans.GroupBy(span => span.Trace).Any(trace =>
            names.All(name => trace.Any(span => span.Name == name))
            && trace.Select(span => span.Instance).Distinct().Count() >= processes
            && trace.All(span => span.Parent.Length == 0 || trace.Any(parent => parent.Id == span.Parent)));
    }

    /// <summary>Sends events and personal calls of every kind while a silo is killed.</summary>
    private static async Task SendAndKill(
        Session session, ProgrammeDocument programme, IReadOnlyList<Resident> people, PersonalCalls calls, PlatformProcess silo,
        CancellationToken cancellationToken)
    {
        var traffic = new Traffic(session, programme, people, batches: 24);
        var half = new TaskCompletionSource();
        var sent = traffic.Send(
            ParallelMax, count => { if (count == traffic.Batches.Length / 2) half.TrySetResult(); }, cancellationToken);
        await calls.All(people, cancellationToken);
        await await Task.WhenAny(half.Task, sent);
        var during = calls.All(people, cancellationToken);
        await silo.Kill();
        await sent;
        await during;
    }

    /// <summary>
    /// Freezes the silo that is left until calls have timed out in the gateway, and for longer than the cluster's client waits for an
    /// answer, which ends a live stream.
    /// </summary>
    private async Task TimeOut(
        PersonalCalls calls, IReadOnlyList<Resident> people, PlatformProcess silo, CancellationToken cancellationToken)
    {
        var gateway = _cluster.Processes[^1];
        await using var stream = await calls.Listen(people[1], cancellationToken);
        await silo.Freeze();
        var frozen = calls.All(people, cancellationToken);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var frozenAt = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(frozenAt) < FrozenMax
            && !gateway.Lines.Any(line => line.Contains("A stream of notices", StringComparison.Ordinal)))
        {
            gateway.HasExited.ShouldBeFalse(gateway.Tail);
            await beat.WaitForNextTickAsync(cancellationToken);
        }
        await silo.Resume();
        (await frozen).ShouldContain(503);
    }

    /// <summary>Every value that leads to one of the people, as it was sent and as it is stored.</summary>
    private async Task<(string What, byte[] Bytes)[]> Traces(
        Session session, PersonalCalls calls, IReadOnlyList<Resident> people, CancellationToken cancellationToken)
    {
        var keys = _cluster.Keys;
        var programme = Programmes.ProgrammeId.Parse(people[0].Programme);
        var handles = people.SelectMany(person => person.Handles).ToArray();
        var subjects = await _cluster.Rows<long>("SELECT subject FROM ledger.enrolment", cancellationToken);
        subjects.Count.ShouldBe(People);
        return
        [
            .. people.SelectMany(person => Canary.Text("participant", person.Participant)),
            .. people.SelectMany(person => Canary.Text("grant", person.Grant!)),
            .. people.SelectMany(person => Canary.Hash("grant hash", keys.GrantHash(person.Service!, person.Grant!))),
            .. people.SelectMany(person => Canary.Hash("locator", keys.Locator(person.Participant, programme, person.Ordinal!.Value))),
            .. handles.SelectMany(handle => Canary.Text("handle", handle.Token)),
            .. handles.SelectMany(handle => Canary.Hash("handle hash", keys.HandleHash(handle.Source, programme, handle.Token))),
            .. subjects.SelectMany(subject => Canary.Number("subject", subject)),
            .. (await _cluster.Rows<byte[]>("SELECT ledger_key FROM ledger.enrolment", cancellationToken))
                .SelectMany(key => Canary.Hash("ledger key", key)),
            .. (await _cluster.Rows<string>("SELECT id FROM ledger.handle UNION ALL SELECT id FROM ledger.grant_", cancellationToken))
                .SelectMany(id => Canary.Text("name in lists", id)),
            .. people.SelectMany(calls.Tokens).Concat(session.Standalone.Services.Select(service => service.Token))
                .Concat(session.Standalone.Sources.Select(source => source.Token))
                .SelectMany(token => token.Split('.')[1..]).SelectMany(part => Canary.Text("token", part)),
        ];
    }

    /// <summary>Checks the configuration: every process logged at the lowest level.</summary>
    private void ShouldHaveLoggedAll()
    {
        _cluster.Processes.Count.ShouldBe(3);
        foreach (var process in _cluster.Processes.Where(process => process != _cluster.Processes[1]))
            process.Lines.ShouldContain(line => line.StartsWith("dbug: ", StringComparison.Ordinal));
        var events = _cluster.Processes[1].Lines.Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!.AsObject()).ToArray();
        events.ShouldContain(one => (string)one["LogLevel"]! == "Debug");
        events.ShouldAllBe(one => one["EventId"] != null && one["Category"] != null);
        events.Select(one => $"{ShortNames[(string)one["LogLevel"]!]}: {one["Category"]}")
            .Where(line => OrleansBelowWarning().IsMatch(line)).Distinct().ShouldBeEmpty();
    }

    [GeneratedRegex(@"^(trce|dbug|info): (Microsoft\.)?Orleans(?!\.Runtime\.MembershipService)")]
    private static partial Regex OrleansBelowWarning();
}
