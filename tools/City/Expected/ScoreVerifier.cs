using System.Text.Json;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Verify.Scores;

namespace Scoring.City.Expected;

/// <summary>What a comparison found.</summary>
/// <param name="Checked">How many subjects were compared.</param>
/// <param name="Queried">How many service queries were compared, made-up grants among them.</param>
/// <param name="Events">How many event entries their histories hold.</param>
/// <param name="Mismatches">What differs, without naming anybody.</param>
public sealed record VerificationResult(int Checked, int Queried, long Events, IReadOnlyList<string> Mismatches);

/// <summary>Compares the platform's answers with the slow recomputation: score, tier, each rule's worth, number of event entries.</summary>
public sealed class ScoreVerifier(
    StandaloneFile standalone, Credentials credentials, PlatformClient participation, ExpectedEvents book)
{
    /// <summary>How many subjects are compared at once.</summary>
    public const int ParallelMax = 4;

    /// <summary>How many service queries are under way at once: each waits for a tick.</summary>
    public const int QueriesMax = 16;

    private readonly Lock _turn = new();

    /// <summary>The explanation with most rules at work that was seen, to show somebody.</summary>
    public JsonElement? MostDetailedExplanation { get; private set; }

    /// <summary>Compares everyone of one programme.</summary>
    public async Task<VerificationResult> Compare(
        string programmeId, IReadOnlyList<Resident> people, Action<int> done, CancellationToken cancellationToken)
    {
        var programme = await participation.Programme(programmeId, cancellationToken);
        var mismatches = new List<string>();
        var (count, events) = (0, 0L);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelMax, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, people.Count, parallel, async (i, stop) =>
        {
            var (found, entries) = await Compare(programme, people[i], $"{programme.Id} subject {i}", stop);
            lock (_turn)
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
        ProgrammeDocument programme, Resident who, string name, CancellationToken cancellationToken)
    {
        var token = credentials.ParticipantToken(who.Participant);
        if (await participation.Score(token, programme.Id, who.Ordinal!.Value, cancellationToken) is not { } told)
            return ([$"{name}: no score"], 0);
        var day = DateOnly.Parse(told.GetProperty("day").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var sent = book.Of(who);
        var expected = SlowScore.Of(programme, day, sent);
        var entries = await participation.CountEvents(token, programme.Id, who.Ordinal.Value, cancellationToken);
        KeepMostDetailed(told);
        List<string> found = [.. Differences(name, expected, told)];
        if (entries != sent.Count) found.Add($"{name}: {entries} event entries, {sent.Count} expected");
        return (found, entries);
    }

    private static IEnumerable<string> Differences(string name, ExpectedScore expected, JsonElement told)
    {
        var (score, tier) = (told.GetProperty("score").GetInt64(), told.GetProperty("tier").GetString());
        if (score != expected.Score) yield return $"{name}: score {score}, {expected.Score} expected";
        if (tier != expected.Tier) yield return $"{name}: tier {tier}, {expected.Tier} expected";
        var worth = told.GetProperty("rules").EnumerateArray()
            .ToDictionary(r => r.GetProperty("rule").GetString()!, r => r.GetProperty("worth").GetInt64());
        foreach (var rule in worth.Keys.Union(expected.Worth.Keys))
            if (worth.GetValueOrDefault(rule) != expected.Worth.GetValueOrDefault(rule))
                yield return $"{name}: {rule} worth {worth.GetValueOrDefault(rule)}, {expected.Worth.GetValueOrDefault(rule)} expected";
    }

    /// <summary>
    /// The service asks about everyone who gave it a grant, a road of its own to the score; and with a grant that leads nowhere, which
    /// must get the neutral answer.
    /// </summary>
    private async Task<int> CompareQueries(
        ProgrammeDocument programme, IReadOnlyList<Resident> people, List<string> mismatches, CancellationToken cancellationToken)
    {
        if (standalone.Services.FirstOrDefault(s => s.Programme == programme.Id) is not { } service) return 0;
        Resident[] asked = [.. people.Where(who => who.Grant is not null && who.Service == service.Id)];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = QueriesMax, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(asked, parallel, async (who, stop) =>
        {
            var told = await participation.Query(service.Token, who.Grant!, stop);
            var expected = SlowScore.Of(programme, programme.Today, book.Of(who));
            if (told == (expected.Score, expected.Tier)) return;
            lock (_turn) mismatches.Add($"{programme.Id} query: {told.Score} {told.Tier}, {expected.Score} {expected.Tier} expected");
        });
        var neutral = await participation.Query(
            service.Token, Rows.StableHash.Token("a grant that nobody gave", programme.Id), cancellationToken);
        var baseline = (programme.Floor, programme.InForce(programme.Today).Tiers[0].Name);
        if (neutral != baseline) mismatches.Add($"{programme.Id} query without a subject: {neutral.Score} {neutral.Tier}, not neutral");
        return asked.Length + 1;
    }

    private void KeepMostDetailed(JsonElement told)
    {
        lock (_turn)
            if (MostDetailedExplanation is not { } best || RulesWithPoints(told) > RulesWithPoints(best)) MostDetailedExplanation = told;
    }

    private static int RulesWithPoints(JsonElement told) =>
        told.GetProperty("rules").EnumerateArray().Count(r => r.GetProperty("worth").GetInt64() != 0);
}
