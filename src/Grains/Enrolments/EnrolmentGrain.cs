using System.Collections.Immutable;
using Orleans.Concurrency;
using Scoring.Grants;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Enrolments;

/// <summary>See <see cref="IEnrolmentGrain"/>.</summary>
[GrainType("enrolment"), Reentrant, StatelessWorker]
internal sealed class EnrolmentGrain(EnrolmentDependencies handlers) : Grain, IEnrolmentGrain
{
    public Task<EnrolOutcome> Enrol(string participant, EnrolRequest request) => handlers.Newest.Decide(
        () => request.Renews is { } ordinal
            ? handlers.Renewal.Renew(participant, request, ordinal)
            : handlers.Enrolment.Enrol(participant, request),
        outcome => outcome.Refusal is EnrolRefusal.ProgrammeUnknown or EnrolRefusal.RuleSetNotInForce or EnrolRefusal.ProofRefused);

    public Task<ImmutableArray<SubjectView>> List(string participant, ProgrammeId programme) =>
        handlers.Subjects.List(participant, programme);

    public Task<SubjectView?> Find(OwnSubject own) => handlers.Subjects.Find(own);

    public Task<Explanation?> Score(OwnSubject own) => handlers.Subjects.Score(own);

    public Task<HistoryPage?> History(OwnSubject own, long? below, int count) => handlers.Subjects.History(own, below, count);

    public Task<string?> Receipt(OwnSubject own) => handlers.Renewal.Receipt(own);

    public Task<GrantOutcome> Grant(OwnSubject own, string service, DateTimeOffset? until) =>
        handlers.Grants.Give(own, new GrantRequest(service, until));

    public Task<ImmutableArray<GrantView>?> Grants(OwnSubject own) => handlers.Grants.List(own);

    public Task<bool> Revoke(OwnSubject own, string grant) => handlers.Grants.Revoke(own, grant);

    public Task<WithdrawalView?> Withdraw(OwnSubject own, string? request) => handlers.Withdrawal.Withdraw(own, request);

    public async Task<AccessPage?> Looks(OwnSubject own, long? below, int count) =>
        await handlers.Enrolments.Find(own) is { } enrolment
            ? await handlers.AccessLog.Read(enrolment, below ?? long.MaxValue, count)
            : null;

    public Task<bool> Restrict(OwnSubject own) => handlers.Restriction.Restrict(own);

    public Task<bool> LiftRestriction(OwnSubject own) => handlers.Restriction.Lift(own);

    public Task<LinkOutcome> LinkHandles(OwnSubject own, ImmutableArray<string> handleProofs) => handlers.Handles.Link(own, handleProofs);

    public Task<ImmutableArray<HandleView>?> LinkedHandles(OwnSubject own) => handlers.Handles.List(own);

    public Task<bool> UnlinkHandle(OwnSubject own, string handle) => handlers.Handles.Unlink(own, handle);
}
