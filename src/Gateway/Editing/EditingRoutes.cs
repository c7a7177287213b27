using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Authentication;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Editing;

/// <summary>Routes that help an administrator to write a draft. Nothing is stored.</summary>
internal static class EditingRoutes
{
    public static void MapEditing(this IEndpointRouteBuilder admin)
    {
        var routes = admin.MapGroup("/drafts");
        routes.MapPost("/validation", Check).WithName("checkDraft").WithSummary("List every problem with a draft that is not stored")
            .WithDescription(
                "Nothing is stored. A draft with problems is answered `200` too. `programme` is the programme whose next version it is; by "
                + "default it is the one that `programme.id` names, published or not.")
            .WithMetadata(new AdminBodyMetadata(IsRegistration: false)).Refuses(400, 401, 403, 408, 413, 415, 429, 503);
        routes.MapPost("/workbench", Work).WithName("runWorkbench").WithSummary("Score a made-up history by the rules of a draft")
            .WithDescription(
                "Nothing is stored, and no subject is named. The draft's rules score every day, as if they had always been in force. A "
                + "draft is scored also with problems on which no score depends; otherwise `problems` names those that prevent it.")
            .WithMetadata(new WorkbenchBodyMetadata()).Refuses(400, 401, 403, 408, 413, 415, 422, 429, 503);
    }

    private static async Task<Results<Ok<DraftReport>, ProblemResult>> Check(
        HttpContext http, IdempotentCalls calls, CancellationToken cancellationToken, string? programme = null)
    {
        ProgrammeId? id = null;
        if (programme is not null)
        {
            if (!ProgrammeId.TryParse(programme, out var named)) return AdminResults.Malformed("/programme", "There is no such name.");
            id = named;
        }
        var document = await AdminDocumentBody.Read(http, cancellationToken);
        if (document.Refusal is { } refusal) return refusal;
        return TypedResults.Ok(await calls.Send((IEditingGrain grain) => grain.Check(document.Bytes, id), cancellationToken));
    }

    private static async Task<Results<Ok<WorkbenchAnswer>, ProblemResult>> Work(
        HttpContext http, CatalogueCache catalogues, IdempotentCalls calls, IOptions<GatewayLimits> limits,
        CancellationToken cancellationToken)
    {
        var document = await AdminDocumentBody.Read(http, cancellationToken);
        if (document.Refusal is { } refusal) return refusal;
        var reader = new WorkbenchReader(limits.Value);
        var read = reader.Read(document.Root, (await catalogues.Current(cancellationToken)).Types);
        if (read.Missed) read = reader.Read(document.Root, (await catalogues.AfterMiss(cancellationToken)).Types);
        if (read.Run is not { } run) return read.Refusal!;
        var outcome = await calls.Send((IEditingGrain grain) => grain.Work(run), cancellationToken);
        return outcome.Answer is { } answer
            ? TypedResults.Ok(answer)
            : AdminResults.Refuse(AdminRefusal.Problems, outcome.Problems);
    }
}

/// <summary>Marks the route whose body is a draft with a made-up history for the OpenAPI document.</summary>
internal sealed record WorkbenchBodyMetadata;
