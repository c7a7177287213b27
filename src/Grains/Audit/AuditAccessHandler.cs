using System.Buffers.Text;
using System.Globalization;
using Scoring.Administration;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Audit;

/// <summary>Records the access of an auditor, from a case and a name. The platform answers nothing before the access is an entry.</summary>
internal sealed class AuditAccessHandler(
    IAuditStore store, ICheckpointStore checkpoints, CurrentCatalogue catalogue, PlatformKeys keys, ProgrammeClock clock)
{
    /// <summary>
    /// Records an access, or says why it is refused. A history that does not reach to the requested state reveals something too, so that
    /// refusal comes only after a recorded access.
    /// </summary>
    /// <param name="auditor">The auditor.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="name">The name of the subject.</param>
    /// <param name="asOf">The requested state; <see langword="null"/> for the current state.</param>
    /// <param name="asAnswered">Whether a query that is named by its reference is accessed as it was answered.</param>
    public async Task<(AuditAccess? Access, ResolvedSubject? Subject, AuditRefusal? Refusal)> RecordAccess(
        string auditor, string caseId, NamedSubject name, AsOf? asOf, bool asAnswered = false)
    {
        if (await Case(auditor, caseId) is not { } open) return (null, null, AuditRefusal.CaseUnknown);
        var programme = catalogue.Find(open.Programme) ?? throw new RuleBookStaleException();
        var now = clock.Now;
        var today = programme.Day(now);
        if (Lookup(open, name) is not { } lookup
            || await store.Resolve(lookup, open.Programme, today, CancellationToken.None) is not { } subject)
        {
            return (null, null, AuditRefusal.SubjectUnknown);
        }
        if (asAnswered && subject.NamedTurn is not null) asOf = new AsOf(Turn: subject.NamedTurn);
        var reached = await Reach(subject, asOf ?? new AsOf(), programme, today);
        var state = reached ?? (today, null);
        var key = AdminActionKey.Of("audit-look", open.Case, subject.Subject.ToString(), Text(state.Day), Text(state.Turn), Text(today));
        var entry = AuditEntries.AccessRecorded(open, key, now, today, state.Day, state.Turn);
        if (await store.AppendAccess(lookup, open.Programme, today, subject.Subject, entry, CancellationToken.None) is not { } turn)
            return (null, null, AuditRefusal.SubjectUnknown);
        if (reached is null) return (null, null, AuditRefusal.AsOfUnknown);
        var last = Math.Min(state.Turn ?? turn - 1, turn - 1);
        return (new AuditAccess(open, new ExportMark(subject.Subject, last, state.Day, now), key), subject, null);
    }

    /// <summary>Returns a case of the auditor that has not expired; <see langword="null"/> when there is none.</summary>
    public async Task<AuditCase?> Case(string auditor, string caseId)
    {
        if (!OpaqueId.Is(caseId)) return null;
        if (await store.FindCase(caseId, auditor, CancellationToken.None) is not { } stored) return null;
        return catalogue.Find(stored.Programme) is { } programme && programme.Day(clock.Now) <= stored.ExpiresOn ? stored : null;
    }

    private SubjectLookup? Lookup(AuditCase open, NamedSubject name)
    {
        if (!name.IsOne() || !IsId(name.Contest) || !IsId(name.Draw)) return null;
        var reference = name.Reference is null ? null : Reference(name.Reference);
        if (name.Reference is not null && reference is null) return null;
        return new SubjectLookup(
            reference, name.Contest, name.AuditCode is { } code ? keys.AuditCodeHash(code) : null, name.Draw, name.Pick ?? 0, open.Case);

        static bool IsId(string? id) => id is null || OpaqueId.Is(id);
    }

    private static Guid? Reference(string text)
    {
        Span<byte> bytes = stackalloc byte[16];
        // The decoder throws for characters that are not of base64url.
        return Base64Url.IsValid(text, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(text, bytes, out _)
            ? new Guid(bytes, bigEndian: true)
            : null;
    }

    /// <summary>
    /// Returns the day of the score, and the last turn if it is not the current one; <see langword="null"/> when the history does not reach
    /// to the requested state.
    /// </summary>
    private async Task<(DateOnly Day, long? Turn)?> Reach(ResolvedSubject subject, AsOf asOf, KnownProgramme programme, DateOnly today)
    {
        if (asOf.Day is { } past) return past <= today ? (past, null) : null;
        if (asOf.Checkpoint is { } number)
        {
            if (await checkpoints.Find(number, CancellationToken.None) is not { } checkpoint) return null;
            var covered = await store.LastTurn(subject.Subject, checkpoint.Logs[subject.Partition].Size, CancellationToken.None);
            return covered > 0 ? (programme.Day(checkpoint.At), covered) : null;
        }
        if (asOf.Turn is not { } turn) return (today, null);
        if (await store.DayOf(subject.Subject, turn, CancellationToken.None) is not { } entry) return null;
        return (entry.Kind is EntryKind.Queried or EntryKind.Looked ? entry.Day : entry.Latest, turn);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(long? turn) => turn?.ToString(CultureInfo.InvariantCulture) ?? "";
}
