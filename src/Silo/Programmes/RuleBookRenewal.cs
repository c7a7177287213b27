using Scoring.Ledger;
using Scoring.Scores;

namespace Scoring.Programmes;

/// <summary>See <see cref="IRuleBookRenewal"/>.</summary>
internal sealed class RuleBookRenewal(RuleBookRefresher refresher, ILogger<RuleBookRenewal> log) : IRuleBookRenewal
{
    public async Task Renew()
    {
        try
        {
            await PostgresErrors.Try(
                async () =>
                {
                    await refresher.Renew(CancellationToken.None);
                    return true;
                },
                log);
        }
        catch (ProgrammesRefusedException)
        {
            throw new RuleBookStaleException();
        }
    }
}
