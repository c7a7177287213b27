using System.Globalization;
using System.Text;
using System.Text.Json;
using Scoring.AccessLog;
using Scoring.Archives;
using Scoring.Enrolments;
using Scoring.Scores;

namespace Scoring.Exports;

/// <summary>Writes the files of a participant's archive in order, page by page. The last file completes it.</summary>
internal sealed class ExportArchive(OwnSubject own, ExportMark mark, IGrainFactory grains, ArchiveFormat format)
{
    private readonly IExportGrain _export = grains.GetGrain<IExportGrain>(0);
    private readonly IEnrolmentGrain _enrolment = grains.GetGrain<IEnrolmentGrain>(0);

    /// <summary>Writes the archive.</summary>
    /// <exception cref="ExportAbortedException">
    /// The subject has withdrawn, or its rules have changed, since the archive was begun.
    /// </exception>
    public async Task Write(Stream body, CancellationToken cancellationToken)
    {
        var archive = await ArchiveWriter.Begin(body, mark.At, cancellationToken);
        await archive.File("README.txt", Encoding.UTF8.GetBytes(ExportReadMe.Text));
        await WriteSubject(archive, cancellationToken);
        await WriteReceipts(archive, cancellationToken);
        await WriteAccesses(archive, cancellationToken);
        var entries = new EntryFiles(ArchivePages.Of(
            after => _export.Entries(own, mark, after).WaitAsync(cancellationToken), page => (page.Entries, page.After)));
        await archive.File("entries.json", entries.WriteJson);
        await archive.File("entries.csv", entries.WriteCsv);
        await archive.File("contests.json", file => EntryFiles.WriteHistory(file, History(_export.Contests, cancellationToken)));
        await new PublishedFiles(own.Programme, grains, format).Write(archive, cancellationToken);
        await new ProofFiles(grains).Write(
            archive,
            checkpoint => ArchivePages.Of(
                after => _export.Proofs(own, mark, checkpoint.Number, after).WaitAsync(cancellationToken),
                page => (page.Proofs, page.After)),
            cancellationToken);
        var seal = ArchivePages.Require(await _export.Seal(own, mark, archive.Files).WaitAsync(cancellationToken));
        await archive.File("manifest.json", seal.Manifest);
        await archive.File("manifest.jws", Encoding.ASCII.GetBytes(seal.Signature));
        await archive.Finish();
    }

    private async Task WriteSubject(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        var subject = ArchivePages.Require(await _enrolment.Find(own).WaitAsync(cancellationToken));
        await archive.File("subject.json", Json(subject));
        await archive.File("handles.json", Json(subject.Handles));
        await archive.File("grants.json", Json(ArchivePages.Require(await _enrolment.Grants(own).WaitAsync(cancellationToken))));
    }

    private async Task WriteReceipts(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        await foreach (var page in History(_export.Consents, cancellationToken))
        foreach (var consent in page)
        {
            using var body = JsonDocument.Parse(consent.Body);
            var receipt = Encoding.ASCII.GetBytes(body.RootElement.GetProperty("receipt").GetString()!);
            await archive.File(string.Create(CultureInfo.InvariantCulture, $"receipts/{consent.Turn}.jws"), receipt);
        }
    }

    private async Task WriteAccesses(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        Explanation? explanation = null;
        await archive.File(
            "looks.json", async file => explanation = await new AccessLogFiles(format).WriteJson(file, AccessPages(cancellationToken)));
        await archive.File("looks.csv", file => new AccessLogFiles(format).WriteCsv(file, AccessPages(cancellationToken)));
        await archive.File("explanation.json", Json(ArchivePages.Require(explanation)));
    }

    private async IAsyncEnumerable<ExportedAccesses> AccessPages(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ExportedAccesses? page = null;
        do
        {
            page = ArchivePages.Require(await _export.Looks(own, mark, page?.Fold).WaitAsync(cancellationToken));
            yield return page;
        }
        while (page.Fold is not null);
    }

    private IAsyncEnumerable<IReadOnlyList<HistoryEntry>> History(
        Func<OwnSubject, ExportMark, long, Task<ExportedHistory?>> read, CancellationToken cancellationToken) =>
        ArchivePages.Of(after => read(own, mark, after).WaitAsync(cancellationToken), page => (page.Entries, page.After));

    private byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, format.Json);
}
