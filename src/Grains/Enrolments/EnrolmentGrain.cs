using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Concurrency;
using Scoring.Grants;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Receipts;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>See <see cref="IEnrolmentGrain"/>.</summary>
[GrainType("enrolment"), Reentrant, StatelessWorker]
internal sealed class EnrolmentGrain(
    EnrolmentHandler joining, ConsentRenewalHandler renewing, HandleLinkHandler linking, GrantHandler giving, AccessLogReader looks,
    WithdrawalReceiptIssuer farewell, OwnEnrolmentReader mine,
    IEnrolmentStore store, ILedger ledger, CurrentCatalogue catalogue, PlatformKeys keys, ProgrammeClock clock) : Grain, IEnrolmentGrain
{
    private const int HistoryCountMax = 500;

    public Task<EnrolOutcome> Enrol(string participant, EnrolRequest request) => request.Renews is { } ordinal
        ? renewing.Renew(participant, request, ordinal)
        : joining.Enrol(participant, request);

    public async Task<ImmutableArray<SubjectView>> List(string participant, ProgrammeId programme)
    {
        var locators = Enumerable.Range(0, OwnSubject.OrdinalCount).Select(n => keys.Locator(participant, programme, n)).ToArray();
        var views = ImmutableArray.CreateBuilder<SubjectView>();
        foreach (var (ordinal, enrolment) in await store.Find(locators, CancellationToken.None))
            views.Add(await View(ordinal, enrolment));
        views.Sort((a, b) => a.Ordinal.CompareTo(b.Ordinal));
        return views.ToImmutable();
    }

    public async Task<SubjectView?> Find(OwnSubject own) =>
        await mine.Find(own) is { } enrolment ? await View(own.Ordinal, enrolment) : null;

    public async Task<Explanation?> Score(OwnSubject own) =>
        await mine.Find(own) is { } enrolment ? await GrainFactory.Subject(enrolment.Kind, enrolment.Subject).Explain() : null;

    public async Task<HistoryPage?> History(OwnSubject own, long? below, int count)
    {
        if (await mine.Find(own) is not { } enrolment) return null;
        var taken = Math.Clamp(count, 1, HistoryCountMax);
        var entries = await ledger.ReadSubjectBackwards(enrolment.Subject, below ?? long.MaxValue, taken + 1, CancellationToken.None);
        return new HistoryPage(
            [.. entries.Take(taken).Select(entry => new HistoryEntry(entry.Turn, entry.Kind, entry.Day, entry.Body))],
            entries.Count > taken ? entries[taken - 1].Turn : null);
    }

    public async Task<string?> Receipt(OwnSubject own) =>
        await mine.Find(own) is { } enrolment ? await renewing.Receipt(enrolment) : null;

    public Task<GrantOutcome> Grant(OwnSubject own, string service, DateTimeOffset? until) =>
        giving.Give(own, new GrantRequest(service, until));

    public async Task<ImmutableArray<GrantView>?> Grants(OwnSubject own) =>
        await mine.Find(own) is { } enrolment ? [.. await store.GrantsOf(enrolment.Subject, CancellationToken.None)] : null;

    public async Task<bool> Revoke(OwnSubject own, string grant)
    {
        if (catalogue.Find(own.Programme) is not { } programme || mine.Locator(own) is not { } locator) return false;
        var entry = new EntryToAppend(
            EntryKind.GrantRevoked, RandomKey(), programme.Day(clock.Now), ParticipantEntryBodies.GrantRevoked(grant));
        return await store.Revoke(locator, grant, entry, CancellationToken.None);
    }

    public async Task<WithdrawalView?> Withdraw(OwnSubject own, string? request)
    {
        if (catalogue.Find(own.Programme) is not { } programme || mine.Locator(own) is not { } locator) return null;
        var before = await farewell.ReadBefore(own);
        return await store.Withdraw(locator, programme.Day(clock.Now), request, CancellationToken.None) is { } left
            ? new WithdrawalView(left.Entries) { Receipt = farewell.Issue(before, left.Subject, left.Entries) }
            : null;
    }

    public async Task<AccessPage?> Looks(OwnSubject own, long? below, int count) =>
        await mine.Find(own) is { } enrolment ? await looks.Read(enrolment, below ?? long.MaxValue, count) : null;

    public Task<bool> Restrict(OwnSubject own) => Restrict(own, restricted: true);

    public Task<bool> LiftRestriction(OwnSubject own) => Restrict(own, restricted: false);

    public Task<LinkOutcome> LinkHandles(OwnSubject own, ImmutableArray<string> handleProofs) => linking.Link(own, handleProofs);

    public async Task<ImmutableArray<HandleView>?> LinkedHandles(OwnSubject own) =>
        await mine.Find(own) is { } enrolment ? [.. await store.HandlesOf(enrolment.Subject, CancellationToken.None)] : null;

    public async Task<bool> UnlinkHandle(OwnSubject own, string handle) =>
        catalogue.Find(own.Programme) is { } programme && mine.Locator(own) is { } locator
        && await store.Unlink(locator, handle, programme.Day(clock.Now), CancellationToken.None);

    private async Task<bool> Restrict(OwnSubject own, bool restricted)
    {
        if (catalogue.Find(own.Programme) is not { } programme || mine.Locator(own) is not { } locator) return false;
        var kind = restricted ? EntryKind.Restricted : EntryKind.RestrictionLifted;
        var entry = new EntryToAppend(kind, RandomKey(), programme.Day(clock.Now), ParticipantEntryBodies.Restriction());
        return await store.Restrict(locator, restricted, entry, CancellationToken.None) is not null;
    }

    private async Task<SubjectView> View(int ordinal, EnrolmentRecord enrolment)
    {
        var view = new SubjectView(
            enrolment.Programme, ordinal, enrolment.RuleSet, enrolment.Since,
            [.. await store.HandlesOf(enrolment.Subject, CancellationToken.None)]) { Restricted = enrolment.Restricted };
        if (catalogue.Find(enrolment.Programme) is not { } programme) return view;
        var today = programme.Day(clock.Now);
        return view with
        {
            Lapsed = programme.Published.HasLapsed(enrolment.Consented, today),
            Coming = programme.Published.Coming(today),
        };
    }

    private static Guid RandomKey() => new(RandomNumberGenerator.GetBytes(16));
}
