using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;
using Scoring.Verify.Scores;

namespace Scoring.City.Expected;

/// <summary>The result of a comparison.</summary>
/// <param name="Checked">How many subjects were compared.</param>
/// <param name="Queried">How many service queries were compared, those with a forged grant included.</param>
/// <param name="Events">How many event entries their histories hold.</param>
/// <param name="Mismatches">The differences. They name no resident.</param>
public sealed record VerificationResult(int Checked, int Queried, long Events, IReadOnlyList<string> Mismatches);

/// <summary>
/// Compares the platform's answers with recomputed scores: score, tier, the points of each rule, number of event entries.
/// </summary>
public sealed class ScoreVerifier(
    StandaloneFile standalone, Credentials credentials, PlatformClient participation, ExpectedEvents expectedEvents)
{
    /// <summary>How many subjects are compared concurrently.</summary>
    public const int ParallelMax = 4;

    /// <summary>How many service queries are sent concurrently. Each waits for a tick.</summary>
    public const int QueriesMax = 16;

    private readonly Lock _lock = new();

    /// <summary>The explanation in which the most rules give points, to show as an example.</summary>
    public Explanation? MostDetailedExplanation { get; private set; }

    /// <summary>Compares the residents of one programme.</summary>
    public async Task<VerificationResult> Compare(
        string programmeId, IReadOnlyList<Resident> people, Action<int> done, CancellationToken cancellationToken)
    {
        var programme = await participation.Programme(programmeId, cancellationToken);
        var mismatches = new List<string>();
        var count = 0;
        var events = 0L;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelMax, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, people.Count, parallel, async (i, stop) =>
        {
            var (found, entries) = await Compare(programme, people[i], $"{programme.Id} subject {i}", stop);
            lock (_lock)
            {
                mismatches.AddRange(found);
                events += entries;
                done(++count);
            }
        });
        var queried = await CompareQueries(programme, people, mismatches, cancellationToken);
        return new VerificationResult(people.Count, queried, events, mismatches);
    }

    private async Task<(IEnumerable<string> Found, long Entries)> Compare(
        ProgrammeDocument programme, Resident resident, string name, CancellationToken cancellationToken)
    {
        var token = credentials.ParticipantToken(resident.Participant);
        if (await participation.Score(token, programme.Id, resident.Ordinal!.Value, cancellationToken) is not { } explanation)
            return ([$"{name}: no score"], 0);
        var sent = expectedEvents.Of(resident);
        var expected = SlowScore.Of(programme, explanation.Day, sent);
        var entries = await participation.CountEvents(token, programme.Id, resident.Ordinal.Value, cancellationToken);
        KeepMostDetailed(explanation);
        List<string> found = [.. Differences(name, expected, explanation)];
        if (entries != sent.Count) found.Add($"{name}: {entries} event entries, {sent.Count} expected");
        return (found, entries);
    }

    private static IEnumerable<string> Differences(string name, ExpectedScore expected, Explanation explanation)
    {
        if (explanation.Score != expected.Score) yield return $"{name}: score {explanation.Score}, {expected.Score} expected";
        if (explanation.Tier != expected.Tier) yield return $"{name}: tier {explanation.Tier}, {expected.Tier} expected";
        var worth = explanation.Rules.ToDictionary(rule => rule.Rule, rule => rule.Worth);
        foreach (var rule in worth.Keys.Union(expected.Worth.Keys))
            if (worth.GetValueOrDefault(rule) != expected.Worth.GetValueOrDefault(rule))
                yield return $"{name}: {rule} gives {worth.GetValueOrDefault(rule)}, {expected.Worth.GetValueOrDefault(rule)} expected";
    }

    /// <summary>
    /// Compares the answers to the service's queries: one with each resident's grant, and one with a forged grant, which must get the
    /// neutral answer.
    /// </summary>
    private async Task<int> CompareQueries(
        ProgrammeDocument programme, IReadOnlyList<Resident> people, List<string> mismatches, CancellationToken cancellationToken)
    {
        if (standalone.Services.FirstOrDefault(s => s.Programme == programme.Id) is not { } service) return 0;
        Resident[] queried = [.. people.Where(resident => resident.Grant is not null && resident.Service == service.Id)];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = QueriesMax, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(queried, parallel, async (resident, stop) =>
        {
            var answer = await participation.Query(service.Token, resident.Grant!, stop);
            var expected = SlowScore.Of(programme, programme.Today, expectedEvents.Of(resident));
            if (answer == (expected.Score, expected.Tier)) return;
            lock (_lock) mismatches.Add($"{programme.Id} query: {answer.Score} {answer.Tier}, {expected.Score} {expected.Tier} expected");
        });
        var neutral = await participation.Query(
            service.Token, Rows.StableHash.Token("a forged grant", programme.Id), cancellationToken);
        var baseline = (programme.Floor, programme.InForce(programme.Today).Tiers[0].Name);
        if (neutral != baseline) mismatches.Add($"{programme.Id} query with a forged grant: {neutral.Score} {neutral.Tier}, not neutral");
        return queried.Length + 1;
    }

    private void KeepMostDetailed(Explanation explanation)
    {
        lock (_lock)
            if (MostDetailedExplanation is not { } kept || RulesWithPoints(explanation) > RulesWithPoints(kept))
                MostDetailedExplanation = explanation;
    }

    private static int RulesWithPoints(Explanation explanation) => explanation.Rules.Count(rule => rule.Worth != 0);
}
