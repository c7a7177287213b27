using System.Globalization;
using System.Text;
using System.Text.Json;
using Scoring.Administration;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Receipts;
using Scoring.Scores;

namespace Scoring.Exports;

/// <summary>The files of one archive, in their order; page after page from the platform. The last one makes it complete.</summary>
internal sealed class ExportArchive(OwnSubject own, ExportMark mark, IGrainFactory grains, ExportForm form)
{
    private const int RecordCount = 500; // the contract's own bound

    private readonly IExportGrain _export = grains.GetGrain<IExportGrain>(0);
    private readonly IEnrolmentGrain _enrolment = grains.GetGrain<IEnrolmentGrain>(0);

    /// <summary>Writes it.</summary>
    /// <exception cref="ExportBrokenOffException">The subject has left meanwhile, or its rules have changed.</exception>
    public async Task Write(Stream body, CancellationToken cancellation)
    {
        var archive = await ArchiveWriter.Begin(body, mark.At, cancellation);
        await archive.File("README.txt", Encoding.UTF8.GetBytes(ExportReadMe.Text));
        await Standing(archive, cancellation);
        await Receipts(archive, cancellation);
        await Looks(archive, cancellation);
        var entries = new EntryFiles(Entries(cancellation));
        await archive.File("entries.json", entries.Json);
        await archive.File("entries.csv", entries.Csv);
        await archive.File("contests.json", file => EntryFiles.History(file, Pages(_export.Contests, cancellation)));
        await Published(archive, cancellation);
        await new ProofFiles(grains).Write(archive, checkpoint => Proofs(checkpoint, cancellation), cancellation);
        var seal = Here(await _export.Seal(own, mark, archive.Files).WaitAsync(cancellation));
        await archive.File("manifest.json", seal.Manifest);
        await archive.File("manifest.jws", Encoding.ASCII.GetBytes(seal.Signature));
        await archive.Finish();
    }

    private async Task Standing(ArchiveWriter archive, CancellationToken cancellation)
    {
        var subject = Here(await _enrolment.Find(own).WaitAsync(cancellation));
        await archive.File("subject.json", Json(subject));
        await archive.File("handles.json", Json(subject.Handles));
        await archive.File("grants.json", Json(Here(await _enrolment.Grants(own).WaitAsync(cancellation))));
        var keys = await grains.GetGrain<IReceiptGrain>(0).Keys().WaitAsync(cancellation);
        await archive.File("receipt-keys.json", Json(new ReceiptKeySet(keys)));
    }

    private async Task Receipts(ArchiveWriter archive, CancellationToken cancellation)
    {
        await foreach (var page in Pages(_export.Consents, cancellation))
        foreach (var consent in page)
        {
            using var body = JsonDocument.Parse(consent.Body);
            var receipt = Encoding.ASCII.GetBytes(body.RootElement.GetProperty("receipt").GetString()!);
            await archive.File(string.Create(CultureInfo.InvariantCulture, $"receipts/{consent.Turn}.jws"), receipt);
        }
    }

    private async Task Looks(ArchiveWriter archive, CancellationToken cancellation)
    {
        Explanation? explanation = null;
        await archive.File("looks.json", async file => explanation = await new LookFiles(form).Json(file, LookPages(cancellation)));
        await archive.File("looks.csv", file => new LookFiles(form).Csv(file, LookPages(cancellation)));
        await archive.File("explanation.json", Json(Here(explanation)));
    }

    private async Task Published(ArchiveWriter archive, CancellationToken cancellation)
    {
        for (var number = 1; await _export.Version(own.Programme, number).WaitAsync(cancellation) is { } documents; number++)
            foreach (var document in documents) await archive.File(document.Name, document.Json);
        foreach (var document in await _export.EventTypes(own.Programme).WaitAsync(cancellation))
            await archive.File(document.Name, document.Json);
        await archive.File("record.json", file => Record(file, cancellation));
    }

    private async Task Record(ArchiveFile file, CancellationToken cancellation)
    {
        using var rows = new JsonRows(file);
        for (long? after = 0; after is { } from;)
        {
            var page = Here(await grains.GetGrain<IRecordGrain>(0).Read(own.Programme, from, RecordCount).WaitAsync(cancellation));
            foreach (var act in page.Acts) rows.Add(json => JsonSerializer.Serialize(json, act, form.Json));
            await file.Flush();
            after = Onwards(from, page.After);
        }
        rows.End();
    }

    private async IAsyncEnumerable<IReadOnlyList<ExportedEntry>> Entries(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long? after = 0; after is { } from;)
        {
            var page = Here(await _export.Entries(own, mark, from).WaitAsync(cancellation));
            yield return page.Entries;
            after = Onwards(from, page.After);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<ExportedProof>> Proofs(
        Checkpoint checkpoint, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long? after = 0; after is { } from;)
        {
            var page = Here(await _export.Proofs(own, mark, checkpoint.Number, from).WaitAsync(cancellation));
            yield return page.Proofs;
            after = Onwards(from, page.After);
        }
    }

    private async IAsyncEnumerable<ExportedLooks> LookPages(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        ExportedLooks? page = null;
        do
        {
            page = Here(await _export.Looks(own, mark, page?.Fold).WaitAsync(cancellation));
            yield return page;
        }
        while (page.Fold is not null);
    }

    private async IAsyncEnumerable<IReadOnlyList<HistoryEntry>> Pages(
        Func<OwnSubject, ExportMark, long, Task<ExportedHistory?>> read,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long? after = 0; after is { } from;)
        {
            var page = Here(await read(own, mark, from).WaitAsync(cancellation));
            yield return page.Entries;
            after = Onwards(from, page.After);
        }
    }

    /// <summary>A page must lead on, or an archive would never end.</summary>
    private static long? Onwards(long from, long? after) =>
        after is null || after > from ? after : throw new InvalidOperationException("A page leads nowhere.");

    private byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, form.Json);

    private static T Here<T>(T? found) where T : class => found ?? throw new ExportBrokenOffException();

    private static T Here<T>(T? found) where T : struct => found ?? throw new ExportBrokenOffException();
}

/// <summary>An archive cannot be finished: the subject has left, or its rules have changed, since it was begun.</summary>
internal sealed class ExportBrokenOffException() : Exception("The archive was broken off.");
