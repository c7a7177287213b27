using System.Security.Cryptography;
using Orleans.Concurrency;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.SetAside;

/// <summary>See <see cref="ISetAsideGrain"/>.</summary>
[GrainType("set-aside"), Reentrant, StatelessWorker]
internal sealed class SetAsideGrain(ISetAsideStore store, CurrentRuleBook ruleBook, AdministrationDependencies services)
    : Grain, ISetAsideGrain
{
    public async Task<SetAsideView> Find() => new(
        SetAsideSummary.Of(await store.Count(CancellationToken.None), programme => ruleBook.Current.Find(programme)?.Hash),
        [.. (await store.ReadReplays(CancellationToken.None)).Select(programme => programme.Value)]);

    public async Task<AdminOutcome> Replay(string administrator, ProgrammeId programme)
    {
        if ((await store.ReadReplays(CancellationToken.None)).Contains(programme)) return new AdminOutcome(true, [administrator], null, []);
        if (!(await store.Count(CancellationToken.None)).Any(count => count.Programme == programme))
            return AdminOutcome.Refused(AdminRefusal.Unknown);
        var request = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await store.RequestReplay(
            new NewAdminAction(
                AdminActionKey.Of(AdminActions.SetAsideReplayed, programme.Value, request), AdminActions.SetAsideReplayed, programme,
                administrator, services.Now, null, ["Entries that could not be valued are folded again. Entries that can be valued count."],
                null),
            CancellationToken.None);
        return new AdminOutcome(true, [administrator], null, []);
    }
}
