using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Scoring.Client;
using Scoring.Programmes;
using Scoring.SignIn;

namespace Scoring.Audit;

/// <summary>
/// Hands what an auditor takes along through, as it comes from the platform. The portal keeps no part of it. What names a subject is in the
/// form; the address has the case alone.
/// </summary>
internal static class AuditDownloadRoutes
{
    /// <summary>The address of a history's archive.</summary>
    public const string HistoryArchive = "/audit/histories/archive";

    /// <summary>The address of a history's table.</summary>
    public const string HistoryTable = "/audit/histories/table";

    /// <summary>The address of the archive of all leaves.</summary>
    public const string LedgerArchive = "/audit/ledgers/archive";

    /// <summary>The address of a programme's record with proofs.</summary>
    public const string Record = "/audit/ledgers/record";

    // The verifier reads every member, also one without a value.
    private static readonly JsonSerializerOptions Whole =
        new(ScoringJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never, WriteIndented = true };

    public static void MapAuditDownloads(this IEndpointRouteBuilder app)
    {
        Map(app, HistoryArchive, TakeHistory);
        Map(app, HistoryTable, TakeTable);
        Map(app, LedgerArchive, TakeLedger);
        Map(app, Record, TakeRecord);
    }

    /// <summary>Returns the address of a download within a case.</summary>
    public static string AddressOf(string path, string caseName) => AuditConsolePage.AddressOf(path, caseName);

    private static void Map(IEndpointRouteBuilder app, string path, Delegate handler) => app.MapPost(path, handler)
        .RequireAuthorization(new AuthorizeAttribute { Roles = SignInRoles.Auditor })
        .WithMetadata(new RequireAntiforgeryTokenAttribute());

    private static async Task<IResult> TakeHistory(AuditDownload download)
    {
        if (await download.FindHistory() is not { } request) return download.Refused;
        return await download.OneAtATime((client, context) => Send(
            context, "application/zip", $"history-{download.Programme}.zip",
            body => client.Audit.DownloadHistory(request, body, context.RequestAborted)));
    }

    private static async Task<IResult> TakeTable(AuditDownload download)
    {
        if (await download.FindHistory() is not { } request) return download.Refused;
        return await download.OneAtATime(async (client, context) =>
        {
            var page = await Read(null); // a refusal comes before the first byte
            await Send(context, "text/csv; charset=utf-8", $"history-{download.Programme}.csv", async body =>
            {
                await Write(body, Audit.HistoryTable.Head, context);
                for (; ; page = await Read(page.After))
                {
                    await Write(body, Audit.HistoryTable.Rows(page.Entries), context);
                    if (page.After is null) return;
                }
            });

            Task<AuditedHistoryPage> Read(long? after) =>
                client.Audit.ReadHistory(request with { After = after, Count = HistoryReader.PageEntries }, context.RequestAborted);
        });
    }

    private static async Task<IResult> TakeLedger(AuditDownload download)
    {
        if (!await download.FindCase()) return download.Refused;
        return await download.OneAtATime((client, context) => Send(
            context, "application/zip", "scoring-ledger.zip",
            body => client.Audit.DownloadLedger(
                new LedgerArchiveRequest(download.CaseName, download.Checkpoint), body, context.RequestAborted)));
    }

    private static async Task<IResult> TakeRecord(AuditDownload download)
    {
        if (!await download.FindCase()) return download.Refused;
        return await download.OneAtATime(async (client, context) =>
        {
            var whole = await ReadRecord(client, download, context.RequestAborted);
            await Send(
                context, "application/json", $"record-{download.Programme}.json",
                body => JsonSerializer.SerializeAsync(body, whole, Whole, context.RequestAborted));
        });
    }

    /// <summary>Reads every act against one checkpoint, so that one file holds them all.</summary>
    private static async Task<ProvenRecordResponse> ReadRecord(
        ScoringClient client, AuditDownload download, CancellationToken cancellationToken)
    {
        var request = new RecordProofRequest(download.CaseName, download.Checkpoint);
        var page = await client.Audit.ProveRecord(request, cancellationToken);
        var acts = page.Acts.ToList();
        // The second line of a note is its checkpoint's number.
        request = request with { Checkpoint = long.Parse(page.Note.Split('\n')[1], CultureInfo.InvariantCulture) };
        for (var after = page.After; after is not null;)
        {
            var next = await client.Audit.ProveRecord(request with { After = after }, cancellationToken);
            acts.AddRange(next.Acts);
            after = next.After;
        }
        return new ProvenRecordResponse(page.Note, acts, null);
    }

    private static async Task Send(HttpContext context, string mediaType, string name, Func<Stream, Task> write)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = mediaType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        try
        {
            await write(context.Response.Body);
        }
        catch (Exception) when (context.Response.HasStarted)
        {
            // A file that is cut off must not look like a whole one, so the browser has to see a broken connection.
            context.Abort();
        }
    }

    private static Task Write(Stream body, string text, HttpContext context) =>
        body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted).AsTask();
}
