using System.Collections.Immutable;
using System.Text;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Exports;

/// <summary>Fakes the export grain: pages of one subject's archive, and a step that finds the subject withdrawn.</summary>
internal sealed class FakeExports : IExportGrain
{
    public static readonly ExportMark Mark = new(new SubjectId(0x0123456789abcdef), 3, new DateOnly(2026, 11, 23), Some.Instant);

    /// <summary>The name of the call that finds the subject withdrawn.</summary>
    public string? GoneAt { get; set; }

    /// <summary>Awaited before a page of entries is returned.</summary>
    public Func<Task>? BeforeEntries { get; set; }

    public string Purpose { get; set; } = "Discounts";

    public string Body { get; set; } = "{\"data\":{\"text\":\"a,b\"},\"type\":\"x\"}";

    public ImmutableArray<ExportedFile> Sealed { get; private set; } = [];

    public int Begun { get; private set; }

    public Task<ExportMark?> Begin(OwnSubject own)
    {
        Begun++;
        return Task.FromResult(own == FakeEnrolment.Own ? Mark : null);
    }

    public async Task<ExportedEntries?> Entries(OwnSubject own, ExportMark mark, long after)
    {
        if (BeforeEntries is not null) await BeforeEntries();
        return Unless(nameof(Entries), new ExportedEntries([Entry(after + 1)], after + 1 < mark.LastTurn ? after + 1 : null));
    }

    public Task<ExportedProofs?> Proofs(OwnSubject own, ExportMark mark, long checkpoint, long after) => Task.FromResult(Unless(
        nameof(Proofs), new ExportedProofs(
            [new ExportedProof(after + 1, new InclusionProof(101 + after, [3, 4], [[5, 6]]))], after == 0 ? 1 : null)));

    public Task<ExportedHistory?> Contests(OwnSubject own, ExportMark mark, long after) => Task.FromResult(Unless(
        nameof(Contests), new ExportedHistory(
            after == 0 ? [] : [new HistoryEntry(2, (EntryKind)99, mark.Day, Encoding.UTF8.GetBytes("{\"turn\":1}"))],
            after == 0 ? 1 : null)));

    public Task<ExportedHistory?> Consents(OwnSubject own, ExportMark mark, long after) => Task.FromResult(Unless(
        nameof(Consents), new ExportedHistory(
            [new HistoryEntry(1, EntryKind.Enrolled, mark.Day, Encoding.UTF8.GetBytes("{\"receipt\":\"r.r.r\",\"ruleSet\":\"h\"}"))],
            null)));

    public Task<ExportedAccesses?> Looks(OwnSubject own, ExportMark mark, ExportFold? fold) => Task.FromResult(Unless(
        nameof(Looks), fold is null
            ? new ExportedAccesses([Some.Accesses().Looks[0] with { Purpose = Purpose }], new ExportFold("h", [], [], true), null)
            : new ExportedAccesses([], null, Some.Explanation())));

    public Task<ImmutableArray<ExportedDocument>?> Version(ProgrammeId programme, int number) =>
        Task.FromResult<ImmutableArray<ExportedDocument>?>(number > 2 ? null : [new($"rulesets/ruleset-{number}.json", "{}"u8.ToArray())]);

    public Task<ImmutableArray<ExportedDocument>> EventTypes(ProgrammeId programme) =>
        Task.FromResult<ImmutableArray<ExportedDocument>>([new("event-types/x.json", "{}"u8.ToArray())]);

    public Task<ExportSeal?> Seal(OwnSubject own, ExportMark mark, ImmutableArray<ExportedFile> files)
    {
        Sealed = files;
        return Task.FromResult(Unless(nameof(Seal), new ExportSeal("{\"manifest\":1}"u8.ToArray(), "m.m.m")));
    }

    private ExportedEntry Entry(long turn) => new(
        new Entry(3, 100 + turn, Mark.Subject, turn, EntryKind.Event, Mark.Day, Encoding.UTF8.GetBytes(Body)),
        new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), [1, 2], [3, 4]);

    private T? Unless<T>(string step, T page) where T : class => GoneAt == step ? null : page;
}
