using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Runtime;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Scores;

/// <summary>See <see cref="IScoreQueryGrain"/>.</summary>
[GrainType("score-query"), Reentrant, StatelessWorker]
internal sealed class ScoreQueryGrain(ScoreQueryDependencies dependencies) : Grain, IScoreQueryGrain
{
    private readonly ScoreQueryOptions _options = dependencies.Options.Value;

    public async Task<QueryOutcome> Ask(string service, string grant)
    {
        try
        {
            return await dependencies.Newest.Decide(
                () => AskRegistered(service, grant), outcome => outcome.Refusal == QueryRefusal.ServiceNotRegistered);
        }
        catch (Exception exception) when (exception is LedgerUnavailableException or RuleBookStaleException or TimeoutException
            or SiloUnavailableException or OrleansMessageRejectionException)
        {
            return new QueryOutcome(null, null, TimeSpan.FromSeconds(_options.RetryAfterSeconds));
        }
    }

    private async Task<QueryOutcome> AskRegistered(string service, string grant)
    {
        var now = dependencies.Clock.Now;
        if (dependencies.Catalogue.Service(service) is not { } registered
            || dependencies.Catalogue.Find(registered.Programme) is not { } programme || registered.LastDay < programme.Day(now))
        {
            return new QueryOutcome(null, QueryRefusal.ServiceNotRegistered, null);
        }
        GrainMetrics.Queries.Add(1);
        // A silo with a stale rule book refuses before it looks up the grant, so the refusal does not tell who is enrolled.
        _ = dependencies.RuleBook.Current;
        return new QueryOutcome(await Answer(registered, programme, grant, now), null, null);
    }

    private async Task<ScoreAnswer> Answer(Service service, KnownProgramme programme, string grant, DateTimeOffset now)
    {
        var hash = dependencies.Keys.GrantHash(service.Id, grant);
        var window = ValidityWindow.At(now, hash, TimeSpan.FromSeconds(_options.ValiditySeconds));
        var reference = dependencies.Keys.Reference(hash, window.Number);
        var query = Query(hash, reference, service.Id, now, programme.Day(now));
        var turn = await dependencies.Ledger.AppendQuery(query, CancellationToken.None);
        // An active subject needs no database read. Its answer would be faster than an unenrolled subject's, and would come even when
        // nothing can be read. So the decoy read runs in parallel with both.
        var answer = turn is null
            ? dependencies.Scores.Decoy(hash)
            : dependencies.Scores.ScoreBelow(turn.Kind, turn.Subject, turn.Turn, turn.Day);
        await Task.WhenAll(answer, dependencies.Decoys.Read());
        var score = await answer;
        if (IsTestGrant(service.Id, grant) && programme.Published is { Suspended: false, Ended: false })
            score = TestScore(programme, query.Day);
        score ??= new ScoreValue(programme.Programme.Floor, programme.Published.RuleSets[0].Tiers[0].Name);
        return new ScoreAnswer(service.Programme, score.Score, score.Tier, window.End, Text(reference));
    }

    private bool IsTestGrant(string service, string grant) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(grant), Encoding.UTF8.GetBytes(dependencies.Keys.TestGrant(service)));

    /// <summary>The synthetic subject of a test grant has the least score of the highest tier.</summary>
    private static ScoreValue TestScore(KnownProgramme programme, DateOnly day)
    {
        var tier = programme.Published.InForce(day).Tiers[^1];
        return new ScoreValue(tier.From, tier.Name);
    }

    private static QueryToAppend Query(byte[] hash, Guid reference, string service, DateTimeOffset now, DateOnly day)
    {
        var at = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var prefix = $"{{\"at\":\"{at}\",\"grant\":\"";
        var suffix = $"\",\"reference\":\"{Text(reference)}\",\"service\":{JsonSerializer.Serialize(service)}}}";
        return new QueryToAppend(hash, reference, now, day, Encoding.UTF8.GetBytes(prefix), Encoding.UTF8.GetBytes(suffix));
    }

    private static string Text(Guid reference) => Base64Url.EncodeToString(reference.ToByteArray(bigEndian: true));
}

/// <summary>The services of <see cref="ScoreQueryGrain"/>.</summary>
internal sealed record ScoreQueryDependencies(
    ILedger Ledger, SubjectScores Scores, DecoyReader Decoys, CurrentCatalogue Catalogue, NewestCatalogue Newest, CurrentRuleBook RuleBook,
    PlatformKeys Keys, ProgrammeClock Clock, IOptions<ScoreQueryOptions> Options);
