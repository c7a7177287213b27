using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Scoring.Enrolments;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;

namespace Scoring.Grants;

/// <summary>Gives grants: a token drawn at random of which only the hash, keyed and bound to the service, is kept.</summary>
internal sealed class GrantHandler(
    OwnEnrolmentReader mine, IEnrolmentStore store, CurrentCatalogue catalogue, PlatformKeys keys, ProgrammeClock clock,
    IOptions<ParticipantOptions> options)
{
    public async Task<GrantOutcome> Give(OwnSubject own, GrantRequest wish)
    {
        var now = clock.Now;
        if (mine.Locator(own) is not { } locator || await mine.Find(own) is null || catalogue.Find(own.Programme) is not { } programme)
            return Refused(GrantRefusal.SubjectUnknown);
        var day = programme.Day(now);
        if (catalogue.Service(wish.Service) is not { } asking || asking.Programme != own.Programme || asking.LastDay < day)
            return Refused(GrantRefusal.ServiceUnknown);
        if (wish.Until <= now) return Refused(GrantRefusal.UntilInPast);
        if (!wish.HasUsesInRange()) return Refused(GrantRefusal.UsesOutOfRange);

        var id = OpaqueId.Draw();
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var entry = new EntryToAppend(
            EntryKind.Granted, new Guid(RandomNumberGenerator.GetBytes(16)), day,
            ParticipantEntryBodies.Granted(id, wish.Service, wish.Until, wish.Uses));
        var grant = new NewGrant(id, keys.GrantHash(wish.Service, token), wish.Service, now, wish.Until, entry) { Uses = wish.Uses };
        return await store.Grant(locator, grant, options.Value.GrantsMax, CancellationToken.None)
            ? new GrantOutcome(new NewGrantView(id, token), null)
            : Refused(GrantRefusal.TooManyGrants);
    }

    private static GrantOutcome Refused(GrantRefusal refusal) => new(null, refusal);
}
