using System.Collections.Immutable;
using Orleans.Concurrency;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;

namespace Scoring.Exports;

/// <summary>See <see cref="IExportGrain"/>.</summary>
[GrainType("export"), Reentrant, StatelessWorker]
internal sealed class ExportGrain(
    OwnEnrolmentReader enrolments, ILedger ledger, CurrentCatalogue catalogue, ProgrammeClock clock, ExportDependencies dependencies)
    : Grain, IExportGrain
{
    private static readonly EntryKind[] OfContests =
        [EntryKind.Corrected, EntryKind.ContestOpened, EntryKind.ContestDecided, EntryKind.ContestExtended];

    private static readonly EntryKind[] OfConsent = [EntryKind.Enrolled, EntryKind.ConsentRenewed];

    public async Task<ExportMark?> Begin(OwnSubject own)
    {
        if (catalogue.Find(own.Programme) is not { } programme || await enrolments.Find(own) is not { } enrolment) return null;
        var now = clock.Now;
        return await ledger.ReadSubjectBackwards(enrolment.Subject, long.MaxValue, 1, CancellationToken.None) is [var last]
            ? new ExportMark(enrolment.Subject, last.Turn, programme.Day(now), now)
            : null;
    }

    public async Task<ExportedEntries?> Entries(OwnSubject own, ExportMark mark, long after)
    {
        var page = await dependencies.Reader.Entries(mark, after);
        return await IsStill(own, mark) ? page : null;
    }

    public async Task<ExportedProofs?> Proofs(OwnSubject own, ExportMark mark, long checkpoint, long after)
    {
        var page = await dependencies.Reader.Proofs(mark, checkpoint, after);
        return await IsStill(own, mark) ? page : null;
    }

    public Task<ExportedHistory?> Contests(OwnSubject own, ExportMark mark, long after) => Kinds(own, mark, OfContests, after);

    public Task<ExportedHistory?> Consents(OwnSubject own, ExportMark mark, long after) => Kinds(own, mark, OfConsent, after);

    public async Task<ExportedAccesses?> Looks(OwnSubject own, ExportMark mark, ExportFold? fold)
    {
        if (await enrolments.Find(own) is not { } enrolment || enrolment.Subject != mark.Subject) return null;
        var page = await dependencies.Scorer.Page(enrolment, mark, fold);
        return await IsStill(own, mark) ? page : null;
    }

    public Task<ImmutableArray<ExportedDocument>?> Version(ProgrammeId programme, int number) =>
        Task.FromResult(dependencies.Documents.Version(programme, number));

    public Task<ImmutableArray<ExportedDocument>> EventTypes(ProgrammeId programme) =>
        Task.FromResult(dependencies.Documents.EventTypes(programme));

    public async Task<ExportSeal?> Seal(OwnSubject own, ExportMark mark, ImmutableArray<ExportedFile> files) =>
        await IsStill(own, mark) ? dependencies.Sealer.Seal(own, mark, files) : null;

    private async Task<ExportedHistory?> Kinds(OwnSubject own, ExportMark mark, EntryKind[] kinds, long after)
    {
        var page = await dependencies.Reader.Kinds(mark, kinds, after);
        return await IsStill(own, mark) ? page : null;
    }

    /// <summary>
    /// Tells whether the subject is still enrolled. Call it after a read: a concurrent erasure may have removed rows during the read.
    /// </summary>
    private async Task<bool> IsStill(OwnSubject own, ExportMark mark) => (await enrolments.Find(own))?.Subject == mark.Subject;
}

/// <summary>The services that make archives.</summary>
internal sealed record ExportDependencies(ExportReader Reader, ExportScorer Scorer, ExportDocuments Documents, ExportSealer Sealer);
