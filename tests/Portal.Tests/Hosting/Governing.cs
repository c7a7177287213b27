using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Platform;
using Scoring.Client;

namespace Scoring.Hosting;

/// <summary>What administrators do without the portal, so that a test begins where it wants to.</summary>
internal static class Governing
{
    private const int NoticeDays = 15;

    /// <summary>The calls of the made-up administrator of a number.</summary>
    public static ScoringClient Administrator(this SharedPortal portal, int number) =>
        portal.Session.Api.As(portal.Session.Standalone.AdministratorToken(number));

    /// <summary>Puts a draft of a programme's next version, as the first administrator does. Returns it.</summary>
    /// <param name="portal">The platform.</param>
    /// <param name="programme">The programme.</param>
    /// <param name="change">What the draft changes of the last version.</param>
    public static async Task<DraftView> PutDraft(this SharedPortal portal, string programme, Action<JsonNode> change)
    {
        var published = await portal.Session.Platform.Published(programme, CancellationToken.None);
        var draft = JsonNode.Parse(DraftFile.Next(published, NoticeDays))!;
        change(draft);
        return await DraftFile.Put(portal.Administrator(1), Encoding.UTF8.GetBytes(draft.ToJsonString()), CancellationToken.None);
    }

    /// <summary>Simulates a programme's draft, as the first administrator does, and waits for the end.</summary>
    public static async Task Simulate(this SharedPortal portal, string programme)
    {
        var calls = portal.Administrator(1).Administration;
        await calls.StartSimulation(programme);
        await Until(async () => (await calls.FindSimulation(programme)).Status != SimulationStatus.Running);
    }

    /// <summary>Waits for a condition, at most two minutes.</summary>
    public static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition()) await beat.WaitForNextTickAsync(limit.Token);
    }
}
