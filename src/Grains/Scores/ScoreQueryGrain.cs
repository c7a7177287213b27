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
internal sealed class ScoreQueryGrain(
    ILedger ledger, CurrentCatalogue catalogue, CurrentRuleBook ruleBook, PlatformKeys keys, ProgrammeClock clock,
    IOptions<ScoreQueryOptions> options) : Grain, IScoreQueryGrain
{
    public async Task<QueryOutcome> Ask(string service, string grant)
    {
        var now = clock.Now;
        if (catalogue.Service(service) is not { } asking || catalogue.Find(asking.Programme) is not { } programme
            || asking.LastDay < programme.Day(now))
        {
            return new QueryOutcome(null, QueryRefusal.ServiceNotRegistered, null);
        }
        GrainMetrics.Queries.Add(1);
        try
        {
            // A stale silo refuses before anyone is looked up: the refusal must not tell who is enrolled.
            _ = ruleBook.Current;
            return new QueryOutcome(await Answer(asking, programme, grant, now), null, null);
        }
        catch (Exception exception) when (exception is LedgerUnavailableException or RuleBookStaleException or TimeoutException
            or SiloUnavailableException or OrleansMessageRejectionException)
        {
            return new QueryOutcome(null, null, TimeSpan.FromSeconds(options.Value.RetryAfterSeconds));
        }
    }

    private async Task<ScoreAnswer> Answer(Service service, KnownProgramme programme, string grant, DateTimeOffset now)
    {
        var hash = keys.GrantHash(service.Id, grant);
        var window = ValidityWindow.At(now, hash, TimeSpan.FromSeconds(options.Value.ValiditySeconds));
        var reference = keys.Reference(hash, window.Number);
        var query = Query(hash, reference, service.Id, now, programme.Day(now));
        var turn = await ledger.AppendQuery(query, CancellationToken.None);
        var score = turn is null ? await DecoyRead() : await ScoreOf(turn);
        if (IsTestGrant(service.Id, grant) && programme.Published is { Suspended: false, Ended: false })
            score = MadeUp(programme, query.Day);
        score ??= new ScoreValue(programme.Programme.Floor, programme.Published.RuleSets[0].Tiers[0].Name);
        return new ScoreAnswer(service.Programme, score.Score, score.Tier, window.End, Text(reference));
    }

    /// <summary>
    /// Who is awake may need no read, and would be told from nobody by being sooner, or by being answered while nothing can be read. So
    /// nobody's read is done beside.
    /// </summary>
    private async Task<ScoreValue?> ScoreOf(QueryTurn query)
    {
        var score = GrainFactory.Subject(query.Kind, query.Subject).ScoreBelow(query.Turn, query.Day);
        await Task.WhenAll(score, DecoyRead());
        return await score;
    }

    /// <summary>Whoever is not there costs a read too: of a number drawn at random, which leads nowhere.</summary>
    private async Task<ScoreValue?> DecoyRead()
    {
        var nobody = new SubjectId(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)));
        await ledger.ReadSubject(nobody, 0, 1, CancellationToken.None);
        return null;
    }

    private bool IsTestGrant(string service, string grant) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(grant), Encoding.UTF8.GetBytes(keys.TestGrant(service)));

    /// <summary>The subject behind a test grant is made up: it stands at the foot of the highest tier.</summary>
    private static ScoreValue MadeUp(KnownProgramme programme, DateOnly day)
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
