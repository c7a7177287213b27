using System.Net;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Cluster;

/// <summary>A test of two silos and their gateways as separate processes on one PostgreSQL.</summary>
public abstract class ClusterTest : IAsyncLifetime
{
    private protected const int People = 20;
    private protected const int ParallelMax = 6;
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(120);

    private readonly CancellationTokenSource _timeout = new(TimeMax);

    private protected PlatformCluster Cluster { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Cluster.DisposeAsync();
        _timeout.Dispose();
    }

    private protected async Task<(PlatformProcess First, Session Session)> Begin(int gateways, CancellationToken cancellationToken)
    {
        await Cluster.Prepare(cancellationToken);
        var first = Cluster.StartSilo();
        Cluster.StartSilo();
        await Cluster.UntilActive(2, cancellationToken);
        var addresses = await Task.WhenAll(Enumerable.Range(0, gateways).Select(_ => Cluster.StartGateway(cancellationToken)));
        return (first, new Session(Cluster.Clients(addresses[0]), addresses, "cluster", ParallelMax));
    }

    private protected static async Task<(ProgrammeDocument Programme, Resident[] People)> Enrol(
        Session session, CancellationToken cancellationToken)
    {
        var programme = await session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var residents = Enumerable.Range(0, People).Select(i => session.Residents.Draw(programme.Id, $"keeper-{i}")).ToArray();
        return (programme, [.. await session.Residents.Enrol(programme, residents, _ => { }, cancellationToken)]);
    }

    /// <summary>Queries one subject after another as a service until it is cancelled; returns the number of answers.</summary>
    private protected static async Task<int> Query(Session session, Resident[] people, CancellationToken cancellationToken)
    {
        var service = session.Standalone.Services.Single(one => one.Programme == ProgrammeNames.SafeDriver);
        var answered = 0;
        try
        {
            for (; ; answered++)
                await session.Platform.Query(service.Token, people[answered % people.Length].Grant!, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return answered;
        }
    }

    /// <summary>Writes how long it took after the kill until each resident's grant was answered once.</summary>
    private protected static async Task ReportRecovery(
        Session session, Resident[] people, PendingCalls pending, CancellationToken cancellationToken)
    {
        var service = session.Standalone.Services.Single(one => one.Programme == ProgrammeNames.SafeDriver);
        await Task.WhenAll(people.Select(resident => session.Platform.Query(service.Token, resident.Grant!, cancellationToken)));
        TestContext.Current.TestOutputHelper?.WriteLine($"Every grant was answered {pending.SinceKill.TotalSeconds:0.0} s after the kill.");
    }

    /// <summary>Performs an action; the client retries it through failures, since each action is idempotent.</summary>
    private protected static async Task Do(Session session, Resident resident, string action, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(resident.Participant);
        var own = $"/v1/me/subjects/{resident.Programme}/{resident.Ordinal}";
        switch (action)
        {
            case "withdraw":
                await Send(HttpMethod.Delete, own, HttpStatusCode.OK, HttpStatusCode.NotFound);
                break;
            case "restrict":
                await Send(HttpMethod.Put, own + "/restriction", HttpStatusCode.NoContent);
                break;
            default:
                var grants =
                    (await session.Api.SendJson(HttpMethod.Get, own + "/grants", token, null, cancellationToken)).ShouldNotBeNull();
                foreach (var grant in grants.EnumerateArray().Select(grant => grant.GetProperty("id").GetString()))
                    await Send(HttpMethod.Delete, $"{own}/grants/{grant}", HttpStatusCode.NoContent, HttpStatusCode.NotFound);
                break;
        }

        async Task Send(HttpMethod method, string path, params HttpStatusCode[] expected)
        {
            var (status, answer) = await session.Api.Send(method, path, token, null, "application/json", cancellationToken);
            expected.ShouldContain(status, answer);
        }
    }

    /// <summary>Runs a test within the time limit; a failure shows the last output of the processes.</summary>
    private protected async Task Run(Func<CancellationToken, Task> test)
    {
        try
        {
            await test(_timeout.Token);
        }
        catch (Exception)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(Cluster.Tails);
            throw;
        }
    }
}
