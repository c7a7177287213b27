using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Scoring.Enrolments;
using Scoring.Ledger;

namespace Scoring.Grants;

/// <summary>
/// Gives, lists and revokes grants. A grant's token is random, and only its hash, keyed and bound to the service, is stored.
/// </summary>
internal sealed class GrantHandler(ParticipantDependencies dependencies)
{
    private const int TokenBytes = 32;

    /// <summary>Gives a grant to a service of the subject's programme.</summary>
    public Task<GrantOutcome> Give(OwnSubject own, GrantRequest request) => dependencies.Newest.Decide(
        () => GiveToKnown(own, request), outcome => outcome.Refusal == GrantRefusal.ServiceUnknown);

    private async Task<GrantOutcome> GiveToKnown(OwnSubject own, GrantRequest request)
    {
        var now = dependencies.Clock.Now;
        if (dependencies.Enrolments.Locator(own) is not { } locator || await dependencies.Enrolments.Find(own) is null
            || dependencies.Catalogue.Find(own.Programme) is not { } programme)
        {
            return Refused(GrantRefusal.SubjectUnknown);
        }
        var today = programme.Day(now);
        if (dependencies.Catalogue.Service(request.Service) is not { } service || service.Programme != own.Programme
            || service.LastDay < today)
        {
            return Refused(GrantRefusal.ServiceUnknown);
        }
        if (request.Until <= now) return Refused(GrantRefusal.UntilInPast);
        if (!request.HasUsesInRange()) return Refused(GrantRefusal.UsesOutOfRange);

        var id = OpaqueId.Draw();
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var entry = new EntryToAppend(
            EntryKind.Granted, RandomKey.Next(), today,
            ParticipantEntryBodies.Granted(id, request.Service, request.Until, request.Uses));
        var hash = dependencies.Keys.GrantHash(request.Service, token);
        var grant = new NewGrant(id, hash, request.Service, now, request.Until, entry) { Uses = request.Uses };
        return await dependencies.Store.Grant(locator, grant, dependencies.Options.Value.GrantsMax, CancellationToken.None)
            ? new GrantOutcome(new NewGrantView(id, token), null)
            : Refused(GrantRefusal.TooManyGrants);
    }

    /// <summary>Lists the grants that have not ended; <see langword="null"/> when there is no such subject.</summary>
    public async Task<ImmutableArray<GrantView>?> List(OwnSubject own) => await dependencies.Enrolments.Find(own) is { } enrolment
        ? [.. await dependencies.Store.GrantsOf(enrolment.Subject, CancellationToken.None)]
        : null;

    /// <summary>Revokes a grant. Returns <see langword="false"/> when there is no such grant.</summary>
    public async Task<bool> Revoke(OwnSubject own, string grant)
    {
        if (!OpaqueId.Is(grant) || dependencies.Catalogue.Find(own.Programme) is not { } programme
            || dependencies.Enrolments.Locator(own) is not { } locator)
        {
            return false;
        }
        var entry = new EntryToAppend(
            EntryKind.GrantRevoked, RandomKey.Next(), programme.Day(dependencies.Clock.Now), ParticipantEntryBodies.GrantRevoked(grant));
        return await dependencies.Store.Revoke(locator, grant, entry, CancellationToken.None);
    }

    private static GrantOutcome Refused(GrantRefusal refusal) => new(null, refusal);
}
