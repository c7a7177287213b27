using System.Text.Json;
using Scoring.Administration;
using Scoring.Archives;
using Scoring.Programmes;
using Scoring.Receipts;

namespace Scoring.Exports;

/// <summary>
/// Writes what is public about a programme, with the bytes that are hashed: versions, event types, the record and the receipt keys.
/// </summary>
internal sealed class PublishedFiles(ProgrammeId programme, IGrainFactory grains, ArchiveFormat format)
{
    private const int RecordCount = 500; // the maximum of the grain's contract

    /// <summary>Writes the files.</summary>
    public async Task Write(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        var export = grains.GetGrain<IExportGrain>(0);
        for (var number = 1; await export.Version(programme, number).WaitAsync(cancellationToken) is { } documents; number++)
            foreach (var document in documents) await archive.File(document.Name, document.Json);
        foreach (var document in await export.EventTypes(programme).WaitAsync(cancellationToken))
            await archive.File(document.Name, document.Json);
        await archive.File("record.json", file => WriteRecord(file, cancellationToken));
        var keys = await grains.GetGrain<IReceiptGrain>(0).Keys().WaitAsync(cancellationToken);
        await archive.File("receipt-keys.json", JsonSerializer.SerializeToUtf8Bytes(new JsonWebKeySetResponse(keys), format.Json));
    }

    private async Task WriteRecord(ArchiveFile file, CancellationToken cancellationToken)
    {
        using var rows = new JsonRows(file);
        await foreach (var page in ArchivePages.Of(
            after => grains.GetGrain<IRecordGrain>(0).Read(programme, after, RecordCount).WaitAsync(cancellationToken),
            page => (page.Acts, page.After)))
        {
            foreach (var act in page) rows.Add(json => JsonSerializer.Serialize(json, act, format.Json));
            await file.Flush();
        }
        rows.End();
    }
}
