using System.Diagnostics;
using System.Net;
using Scoring.Bench.Ingest;
using Scoring.City;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.Testing;

namespace Scoring.Bench.Portal;

/// <summary>Enrols a made-up person, sends events, signs the person in at the portal, and requests pages one after the other.</summary>
public sealed class PortalRun(int events, int requests, TextWriter progress)
{
    private const string Person = "participant";
    private const string Subject = "participant-1"; // what the platform calls the person
    private const int WarmUps = 20;
    private const int RedirectsMax = 10;

    private static readonly string[] Pages = ["", "/timeline", "/who-looked", "/grants", "/what-if"];

    /// <summary>Runs the bench. Reports the result before the platform stops.</summary>
    public async Task Run(Action<PortalResult> report, CancellationToken cancellationToken)
    {
        await using var platform = await InProcess.Start([], cancellationToken);
        using var session = new Session(platform.Standalone with { Services = [] }, [], "bench", 1);
        var programme = await session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var drawn = session.Residents.Draw(programme.Id, Person) with { Participant = Subject };
        var people = await session.Residents.Enrol(programme, [drawn], _ => { }, cancellationToken);
        var batches = PreparedBatches.Create(people, events, TimeProvider.System.GetUtcNow(), programme.Zone);
        await new BenchClient(session, progress).Send(batches, int.MaxValue, 1, cancellationToken);

        var portal = platform.Standalone.Portal?.Address ?? throw new CityException("The portal does not run.");
        using var browser = new Browser(portal);
        await SignIn(browser, portal);
        var root = $"/my/{programme.Id}/{people[0].Ordinal}";
        var times = new List<PageTime>();
        foreach (var page in Pages) times.Add(await Measure(browser, root, page));
        report(new PortalResult("portal", Environment.ProcessorCount, events, requests, times));
    }

    private static async Task SignIn(Browser browser, Uri portal)
    {
        var (at, page) = await Follow(browser, new Uri(portal, "/sign-in"), await browser.Open("/sign-in"));
        var action = new Uri(at, page.Action);
        await Follow(browser, action, await browser.Post(
            action.AbsoluteUri, [.. page.Hidden, KeyValuePair.Create("person", Person)]));
    }

    /// <summary>Follows redirects to the page at their end. Returns it with its address.</summary>
    private static async Task<(Uri At, BrowserPage Page)> Follow(Browser browser, Uri at, BrowserPage page)
    {
        for (var redirects = 0; page.Location is { } next; redirects++)
        {
            if (redirects == RedirectsMax) throw new CityException("The sign-in leads from page to page without an end.");
            at = new Uri(at, next);
            page = await browser.Open(at.AbsoluteUri);
        }
        return page.Status == HttpStatusCode.OK
            ? (at, page)
            : throw new CityException($"A page was answered with status {(int)page.Status}.");
    }

    private async Task<PageTime> Measure(Browser browser, string root, string page)
    {
        var times = new List<double>();
        var characters = 0;
        for (var request = -WarmUps; request < requests; request++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            var answer = await browser.Open(root + page);
            var took = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
            if (answer.Status != HttpStatusCode.OK) throw new CityException($"{page} was answered with status {(int)answer.Status}.");
            characters = answer.Text.Length;
            if (request >= 0) times.Add(took);
        }
        progress.WriteLine($"{(page.Length == 0 ? "score" : page)} measured");
        return new PageTime(page, Math.Round(Percentiles.Of(times, 50), 1), Math.Round(Percentiles.Of(times, 99), 1), characters);
    }
}
