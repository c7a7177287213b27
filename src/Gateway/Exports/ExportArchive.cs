using System.Globalization;
using System.Text;
using System.Text.Json;
using Scoring.AccessLog;
using Scoring.Archives;
using Scoring.Enrolments;
using Scoring.Scores;

namespace Scoring.Exports;

/// <summary>The files of one archive, in their order; page after page from the platform. The last one makes it complete.</summary>
internal sealed class ExportArchive(OwnSubject own, ExportMark mark, IGrainFactory grains, ArchiveFormat form)
{
    private readonly IExportGrain _export = grains.GetGrain<IExportGrain>(0);
    private readonly IEnrolmentGrain _enrolment = grains.GetGrain<IEnrolmentGrain>(0);

    /// <summary>Writes it.</summary>
    /// <exception cref="ExportAbortedException">The subject has left meanwhile, or its rules have changed.</exception>
    public async Task Write(Stream body, CancellationToken cancellationToken)
    {
        var archive = await ArchiveWriter.Begin(body, mark.At, cancellationToken);
        await archive.File("README.txt", Encoding.UTF8.GetBytes(ExportReadMe.Text));
        await Standing(archive, cancellationToken);
        await Receipts(archive, cancellationToken);
        await Looks(archive, cancellationToken);
        var entries = new EntryFiles(ArchivePages.Of(
            after => _export.Entries(own, mark, after).WaitAsync(cancellationToken), page => (page.Entries, page.After)));
        await archive.File("entries.json", entries.Json);
        await archive.File("entries.csv", entries.Csv);
        await archive.File("contests.json", file => EntryFiles.History(file, History(_export.Contests, cancellationToken)));
        await new PublishedFiles(own.Programme, grains, form).Write(archive, cancellationToken);
        await new ProofFiles(grains).Write(
            archive,
            checkpoint => ArchivePages.Of(
                after => _export.Proofs(own, mark, checkpoint.Number, after).WaitAsync(cancellationToken),
                page => (page.Proofs, page.After)),
            cancellationToken);
        var seal = ArchivePages.Here(await _export.Seal(own, mark, archive.Files).WaitAsync(cancellationToken));
        await archive.File("manifest.json", seal.Manifest);
        await archive.File("manifest.jws", Encoding.ASCII.GetBytes(seal.Signature));
        await archive.Finish();
    }

    private async Task Standing(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        var subject = ArchivePages.Here(await _enrolment.Find(own).WaitAsync(cancellationToken));
        await archive.File("subject.json", Json(subject));
        await archive.File("handles.json", Json(subject.Handles));
        await archive.File("grants.json", Json(ArchivePages.Here(await _enrolment.Grants(own).WaitAsync(cancellationToken))));
    }

    private async Task Receipts(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        await foreach (var page in History(_export.Consents, cancellationToken))
        foreach (var consent in page)
        {
            using var body = JsonDocument.Parse(consent.Body);
            var receipt = Encoding.ASCII.GetBytes(body.RootElement.GetProperty("receipt").GetString()!);
            await archive.File(string.Create(CultureInfo.InvariantCulture, $"receipts/{consent.Turn}.jws"), receipt);
        }
    }

    private async Task Looks(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        Explanation? explanation = null;
        await archive.File(
            "looks.json", async file => explanation = await new AccessLogFiles(form).Json(file, LookPages(cancellationToken)));
        await archive.File("looks.csv", file => new AccessLogFiles(form).Csv(file, LookPages(cancellationToken)));
        await archive.File("explanation.json", Json(ArchivePages.Here(explanation)));
    }

    private async IAsyncEnumerable<ExportedAccesses> LookPages(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ExportedAccesses? page = null;
        do
        {
            page = ArchivePages.Here(await _export.Looks(own, mark, page?.Fold).WaitAsync(cancellationToken));
            yield return page;
        }
        while (page.Fold is not null);
    }

    private IAsyncEnumerable<IReadOnlyList<HistoryEntry>> History(
        Func<OwnSubject, ExportMark, long, Task<ExportedHistory?>> read, CancellationToken cancellationToken) =>
        ArchivePages.Of(after => read(own, mark, after).WaitAsync(cancellationToken), page => (page.Entries, page.After));

    private byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, form.Json);
}
