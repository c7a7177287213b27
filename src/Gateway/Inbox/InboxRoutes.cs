using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Authentication;
using Scoring.Contests;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Inbox;

/// <summary>
/// Routes of what waits for an administrator or an auditor, and of administrators' lists. None names another administrator, and none is an
/// access: they read nothing of a person's entries.
/// </summary>
internal static class InboxRoutes
{
    private const int ProgrammesMax = 100; // the maximum of the grain's contract
    private const int RegistrationsMax = 500; // the maximum of the grain's contract
    private const int AfterCharsMax = 255;

    public static void MapAdminInbox(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/inbox", ReadAdmin).WithName("readInbox").WithSummary("Show what waits for the signed-in administrator")
            .WithDescription(
                "Only what this administrator may do: no draft or proposal of their own, nothing that they have approved, and no contest "
                + "that independence keeps from them. Earliest due first. `isCut`: more waits than an inbox holds.")
            .Refuses(401, 403, 429, 503);
        admin.MapGet("/programmes", Programmes).WithName("listProgrammesAdmin")
            .WithSummary("List the programmes, also those never published, with drafts and approvals that wait")
            .WithDescription("By name. Of the caller it says `isAuthor`, `hasApproved` and `mayApprove`; it names no administrator.")
            .Refuses(400, 401, 403, 429, 503);
        MapKind(admin, RegistrationKind.EventType, "EventTypes", "event types");
        MapKind(admin, RegistrationKind.Source, "Sources", "sources");
        MapKind(admin, RegistrationKind.Service, "Services", "services");
    }

    public static void MapAuditInbox(this IEndpointRouteBuilder audit) =>
        audit.MapGet("/inbox", ReadAudit).WithName("readAuditInbox").WithSummary("Show the auditor's own open cases and draws")
            .WithDescription("Audit codes are stored for their subject alone, so no list of an auditor has them.")
            .Refuses(401, 403, 429, 503);

    private static void MapKind(IEndpointRouteBuilder admin, RegistrationKind kind, string name, string noun) =>
        admin.MapGet(RegistrationId.Plural(kind), (
                string? after, int? count, Caller caller, IdempotentCalls calls, IOptions<GatewayLimits> limits,
                CancellationToken cancellationToken) => Registrations(kind, after, count, caller, calls, limits, cancellationToken))
            .WithName("listRegistered" + name).WithSummary($"List the registered and proposed {noun}, with the open proposals")
            .WithDescription("By id. Of the caller it says `isAuthor` and `mayApprove`; it names no administrator.")
            .Refuses(400, 401, 403, 429, 503);

    private static async Task<Ok<InboxPage>> ReadAdmin(Caller caller, IdempotentCalls calls, CancellationToken cancellationToken) =>
        TypedResults.Ok(await calls.Send(
            (IInboxGrain grain) => grain.Read(new CaseReviewer(caller.Name, caller.Clients)), cancellationToken));

    private static async Task<Ok<AuditInbox>> ReadAudit(Caller caller, IdempotentCalls calls, CancellationToken cancellationToken) =>
        TypedResults.Ok(await calls.Send((IAuditInboxGrain grain) => grain.Read(caller.Name), cancellationToken));

    private static async Task<Results<Ok<ProgrammeSummaryPage>, ProblemResult>> Programmes(
        string? after, int? count, Caller caller, IdempotentCalls calls, CancellationToken cancellationToken)
    {
        var size = count ?? ProgrammesMax;
        return Fault(after, size, ProgrammesMax) is { } fault
            ? fault
            : TypedResults.Ok(await calls.Send(
                (IAdminListGrain grain) => grain.Programmes(caller.Name, after ?? "", size), cancellationToken));
    }

    private static async Task<Results<Ok<RegistrationSummaryPage>, ProblemResult>> Registrations(
        RegistrationKind kind, string? after, int? count, Caller caller, IdempotentCalls calls, IOptions<GatewayLimits> limits,
        CancellationToken cancellationToken)
    {
        var size = count ?? limits.Value.HistoryCountDefault;
        return Fault(after, size, RegistrationsMax) is { } fault
            ? fault
            : TypedResults.Ok(await calls.Send(
                (IAdminListGrain grain) => grain.Registrations(kind, caller.Name, after ?? "", size), cancellationToken));
    }

    private static ProblemResult? Fault(string? after, int count, int countMax) =>
        count < 1 || count > countMax || after?.Length > AfterCharsMax || after?.Any(char.IsControl) == true
            ? new ProblemResult(Problem.MalformedRequest)
            {
                Detail = $"count must be from 1 to {countMax}, and after the member of the page before.",
            }
            : null;
}
