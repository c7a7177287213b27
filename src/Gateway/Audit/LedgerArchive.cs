using System.Globalization;
using System.Text;
using System.Text.Json;
using Scoring.Archives;
using Scoring.Checkpoints;
using Scoring.Receipts;

namespace Scoring.Audit;

/// <summary>Answers with an archive of every leaf of the ledger up to a checkpoint.</summary>
internal sealed class LedgerArchiveResult(Checkpoint checkpoint, string caseId, HistoryDependencies dependencies) : IResult
{
    private readonly IAuditGrain _audit = dependencies.Grains.GetGrain<IAuditGrain>(0);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => ArchiveResult.Write(
        httpContext, dependencies.Limiter, caseId, string.Create(CultureInfo.InvariantCulture, $"scoring-ledger-{checkpoint.Number}.zip"),
        Write,
        dependencies.Log);

    private async Task Write(Stream body, CancellationToken cancellationToken)
    {
        var archive = await ArchiveWriter.Begin(body, checkpoint.At, cancellationToken);
        await archive.File("checkpoint.txt", Encoding.UTF8.GetBytes(checkpoint.Note));
        var keys = await dependencies.Grains.GetGrain<ICheckpointGrain>(0).Keys().WaitAsync(cancellationToken);
        await archive.File("checkpoint-keys.txt", Encoding.UTF8.GetBytes(string.Concat(keys.Select(key => key + "\n"))));
        var receipts = await dependencies.Grains.GetGrain<IReceiptGrain>(0).Keys().WaitAsync(cancellationToken);
        await archive.File(
            "receipt-keys.json", JsonSerializer.SerializeToUtf8Bytes(new JsonWebKeySetResponse(receipts), dependencies.Format.Json));
        foreach (var log in checkpoint.Logs)
        {
            await archive.File(
                string.Create(CultureInfo.InvariantCulture, $"partition-{log.Partition}.json"),
                file => WriteRows(
                    file, Pages((partition, after) => _audit.LedgerRows(checkpoint, partition, after), log.Partition, cancellationToken)));
        }
        // This file comes last, so that every row that was read as gone has its tombstone in one of the files.
        await archive.File("later.json", file => WriteLaterTombstones(file, cancellationToken));
        var seal = await _audit.SealLedger(checkpoint, archive.Files).WaitAsync(cancellationToken);
        await archive.File("manifest.json", seal.Manifest);
        await archive.File("manifest.jws", Encoding.ASCII.GetBytes(seal.Signature));
        await archive.Finish();
    }

    private static async Task WriteRows(ArchiveFile file, IAsyncEnumerable<IReadOnlyList<LedgerRow>> pages)
    {
        using var rows = new JsonRows(file);
        await foreach (var page in pages)
        {
            foreach (var row in page)
            {
                rows.AddObject(json =>
                {
                    json.WriteNumber("position", row.Position);
                    json.WriteString("leaf", Convert.ToHexStringLower(row.Leaf));
                    json.WriteString("state", JsonNamingPolicy.KebabCaseLower.ConvertName(row.State.ToString()));
                    if (row.State == LedgerRowState.Public) WritePublicMembers(json, row);
                });
            }
            await file.Flush();
        }
        rows.End();
    }

    private async Task WriteLaterTombstones(ArchiveFile file, CancellationToken cancellationToken)
    {
        using var rows = new JsonRows(file);
        foreach (var log in checkpoint.Logs)
        {
            await foreach (var page in Pages(
                (partition, after) => _audit.LaterTombstones(checkpoint, partition, after), log.Partition, cancellationToken))
            {
                foreach (var row in page)
                {
                    rows.AddObject(json =>
                    {
                        json.WriteNumber("partition", log.Partition);
                        json.WriteNumber("position", row.Position);
                        WritePublicMembers(json, row);
                    });
                }
                await file.Flush();
            }
        }
        rows.End();
    }

    private static void WritePublicMembers(Utf8JsonWriter json, LedgerRow row)
    {
        json.WriteNumber("kindNumber", row.Kind);
        json.WriteString("day", row.Day!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WritePropertyName("body");
        json.WriteRawValue(row.Body, skipInputValidation: true);
    }

    private static IAsyncEnumerable<IReadOnlyList<LedgerRow>> Pages(
        Func<int, long, Task<LedgerRowPage>> read, int partition, CancellationToken cancellationToken) =>
        ArchivePages.Of<LedgerRowPage, LedgerRow>(
            async after => await read(partition, after).WaitAsync(cancellationToken), page => (page.Rows, page.After));
}
