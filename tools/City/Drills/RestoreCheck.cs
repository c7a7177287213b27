using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Scoring.City.Commands;
using Scoring.City.Demos;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;
using Scoring.Client;
using Scoring.Verify.Commands;

namespace Scoring.City.Drills;

/// <summary>Checks a platform that was restored.</summary>
/// <param name="session">The restored platform.</param>
/// <param name="city">What its clients have.</param>
/// <param name="point">What was restored.</param>
/// <param name="copies">Reads the restored database.</param>
/// <param name="log">Receives the steps and what does not hold.</param>
public sealed class RestoreCheck(Session session, DrillCity city, RestorePoint point, DatabaseCopies copies, JourneyLog log)
{
    private const int Shown = 3;

    /// <summary>Checks everything. The first requests are those about residents who have left.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        await CheckErased(cancellationToken);
        await CheckCheckpoints(cancellationToken);
        var lost = await FindLost(cancellationToken);
        await SendAgain(lost, cancellationToken);
    }

    private async Task CheckErased(CancellationToken cancellationToken)
    {
        var failures = log.Failures.Count;
        var services = session.Standalone.Services.ToDictionary(service => service.Id);
        foreach (var resident in city.Left)
        {
            var token = session.Credentials.ParticipantToken(resident.Participant);
            var score = await session.Platform.Score(token, resident.Programme, resident.Ordinal!.Value, cancellationToken);
            Expect(score is null, $"{resident.Who}, who left, has no score");
            var (_, tier) = await session.Platform.Query(services[resident.Service!].Token, resident.Grant!, cancellationToken);
            Expect(tier == "baseline", $"a service gets the neutral answer for {resident.Who}, who left");
        }
        var enrolled = await Number("SELECT count(*) FROM ledger.enrolment", cancellationToken);
        Expect(enrolled == city.Staying.Count, $"{city.Staying.Count} residents are enrolled, not {enrolled}");
        var open = await Number("SELECT count(DISTINCT subject) FROM ledger.entry WHERE subject IS NOT NULL", cancellationToken);
        Expect(open <= city.Staying.Count, $"no entry names a resident who left ({open} have entries)");
        Step(failures, $"All {city.Left.Count} who left are erased in the first answers, those who left after {point.Name} included.");
    }

    private async Task CheckCheckpoints(CancellationToken cancellationToken)
    {
        // The restored ledger declares at once that it is another incarnation.
        long latest;
        while ((latest = await DrillCity.Latest(session, cancellationToken)) <= point.Checkpoint)
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        var last = (await DrillCity.CheckpointOf(session, latest, cancellationToken))!;
        var proven = 0;
        var gone = new List<long>();
        foreach (var (number, held) in city.Checkpoints)
        {
            if (number >= latest
                || await DrillCity.CheckpointOf(session, number, cancellationToken) is not { } now || Text(now) != Text(held))
            {
                gone.Add(number);
                Expect(number > point.Checkpoint, $"checkpoint {number} from before {point.Name} is there as it was handed out");
                continue;
            }
            var proof = await session.Api.Checkpoints.ReadConsistency(number, latest, cancellationToken).OrNull();
            var refusals = await Refusals(
                last, held, proof is null ? null : JsonSerializer.Serialize(proof, ScoringJson.Options), cancellationToken);
            Expect(
                refusals is ["chain-broken"],
                $"checkpoint {number} is contained in {latest}, which declares the restore (found: {string.Join(", ", refusals)})");
            proven++;
        }
        log.Step(string.Create(
            CultureInfo.InvariantCulture,
            $"{proven} checkpoints from before are contained in checkpoint {latest}, by ./run verify. It declares another incarnation."));
        if (gone.Count > 0)
            log.Step(
                $"Lost: {gone.Count} checkpoints that were signed after it. "
                + "A client that keeps one of them sees a fork, and the declared break.");
    }

    /// <summary>Finds the acknowledged events that the restored ledger does not have.</summary>
    private async Task<List<OutgoingEvent>> FindLost(CancellationToken cancellationToken)
    {
        var failures = log.Failures.Count;
        var found = await Keys(cancellationToken);
        var staying = city.Staying.Select(resident => resident.Who).ToHashSet();
        var lost = city.Acknowledged.Index()
            .Where(one => staying.Contains(one.Item.Resident.Who) && !found.Contains(Key(one.Item))).ToList();
        foreach (var (index, one) in lost.Where(one => one.Index < point.Acknowledged).Take(Shown))
            Expect(false, $"event {one.Id}, number {index}, was acknowledged before {point.Name} and is in the restored ledger");
        Step(failures, $"Lost: {lost.Count} acknowledged events, all of them acknowledged after {point.Name}.");
        return [.. lost.Select(one => one.Item)];
    }

    /// <summary>Sends the lost events again, as their sources can, and compares every score with the one from before.</summary>
    private async Task SendAgain(List<OutgoingEvent> lost, CancellationToken cancellationToken)
    {
        var failures = log.Failures.Count;
        foreach (var batch in lost.GroupBy(one => one.Handle.Source).SelectMany(source => source.Chunk(CloudEvents.BatchMax)))
            Expect(await DrillLoad.Send(session, batch, cancellationToken), "the source can send lost events again");
        var found = await Keys(cancellationToken);
        Expect(lost.TrueForAll(one => found.Contains(Key(one))), "every event that was sent again is in the ledger");
        foreach (var resident in city.Staying)
        {
            var (day, score) = await DrillCity.Score(session, resident, cancellationToken);
            var before = city.Scores[resident.Who];
            Expect(day != before.Day || score == before.Score, $"{resident.Who} has the score from before, {before.Score}, not {score}");
        }
        Step(failures, $"The sources send them again. Then all {city.Staying.Count} who stay have the scores from before.");
    }

    private async Task<HashSet<Guid>> Keys(CancellationToken cancellationToken) =>
    [
        .. (await copies.Query("SELECT key FROM ledger.entry WHERE key IS NOT NULL", cancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse),
    ];

    private async Task<long> Number(string sql, CancellationToken cancellationToken) =>
        long.Parse(await copies.Query(sql, cancellationToken), CultureInfo.InvariantCulture);

    private async Task<List<string>> Refusals(string last, string held, string? consistency, CancellationToken cancellationToken)
    {
        if (consistency is null) return ["no proof"];
        var folder = Directory.CreateTempSubdirectory("scoring-drill-notes-").FullName;
        try
        {
            var lastFile = Path.Combine(folder, "last");
            var heldFile = Path.Combine(folder, "held");
            var proof = Path.Combine(folder, "proof");
            await File.WriteAllTextAsync(lastFile, last, cancellationToken);
            await File.WriteAllTextAsync(heldFile, held, cancellationToken);
            await File.WriteAllTextAsync(proof, consistency, cancellationToken);
            using var report = new StringWriter();
            await VerifyCommands.Run(
                ["checkpoints", lastFile, "--key", city.CheckpointKey, "--held", heldFile, "--consistency", proof, "--json"],
                report, report);
            using var read = JsonDocument.Parse(report.ToString());
            return
            [
                .. read.RootElement.GetProperty("findings").EnumerateArray()
                    .Where(finding => finding.GetProperty("verdict").GetString() == "fail")
                    .Select(finding => finding.GetProperty("code").GetString()!),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes a step, and whether it held.</summary>
    private void Step(int failuresBefore, string text) =>
        log.Step(log.Failures.Count == failuresBefore ? text : "DOES NOT HOLD: " + text);

    private void Expect(bool isMet, string expectation) => log.Expect(isMet, $"as of {point.Name}: {expectation}");

    private static Guid Key(OutgoingEvent one) =>
        new(Base64Url.DecodeFromChars(StableHash.EventKey(one.Handle.Source, one.Id)), bigEndian: true);

    /// <summary>A note without its signatures, since witnesses may add some.</summary>
    private static string Text(string note) => note[..note.LastIndexOf("\n\n", StringComparison.Ordinal)];
}
