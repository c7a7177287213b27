using System.Globalization;
using System.Text;
using System.Text.Json;
using Scoring.AccessLog;
using Scoring.Archives;
using Scoring.Enrolments;
using Scoring.Scores;

namespace Scoring.Exports;

/// <summary>The files of one archive, in their order; page after page from the platform. The last one makes it complete.</summary>
internal sealed class ExportArchive(OwnSubject own, ExportMark mark, IGrainFactory grains, ExportForm form)
{
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
        var entries = new EntryFiles(ArchivePages.Of(
            after => _export.Entries(own, mark, after).WaitAsync(cancellation), page => (page.Entries, page.After)));
        await archive.File("entries.json", entries.Json);
        await archive.File("entries.csv", entries.Csv);
        await archive.File("contests.json", file => EntryFiles.History(file, History(_export.Contests, cancellation)));
        await new PublishedFiles(own.Programme, grains, form).Write(archive, cancellation);
        await new ProofFiles(grains).Write(
            archive,
            checkpoint => ArchivePages.Of(
                after => _export.Proofs(own, mark, checkpoint.Number, after).WaitAsync(cancellation), page => (page.Proofs, page.After)),
            cancellation);
        var seal = ArchivePages.Here(await _export.Seal(own, mark, archive.Files).WaitAsync(cancellation));
        await archive.File("manifest.json", seal.Manifest);
        await archive.File("manifest.jws", Encoding.ASCII.GetBytes(seal.Signature));
        await archive.Finish();
    }

    private async Task Standing(ArchiveWriter archive, CancellationToken cancellation)
    {
        var subject = ArchivePages.Here(await _enrolment.Find(own).WaitAsync(cancellation));
        await archive.File("subject.json", Json(subject));
        await archive.File("handles.json", Json(subject.Handles));
        await archive.File("grants.json", Json(ArchivePages.Here(await _enrolment.Grants(own).WaitAsync(cancellation))));
    }

    private async Task Receipts(ArchiveWriter archive, CancellationToken cancellation)
    {
        await foreach (var page in History(_export.Consents, cancellation))
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
        await archive.File("explanation.json", Json(ArchivePages.Here(explanation)));
    }

    private async IAsyncEnumerable<ExportedLooks> LookPages(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        ExportedLooks? page = null;
        do
        {
            page = ArchivePages.Here(await _export.Looks(own, mark, page?.Fold).WaitAsync(cancellation));
            yield return page;
        }
        while (page.Fold is not null);
    }

    private IAsyncEnumerable<IReadOnlyList<HistoryEntry>> History(
        Func<OwnSubject, ExportMark, long, Task<ExportedHistory?>> read, CancellationToken cancellation) =>
        ArchivePages.Of(after => read(own, mark, after).WaitAsync(cancellation), page => (page.Entries, page.After));

    private byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, form.Json);
}
