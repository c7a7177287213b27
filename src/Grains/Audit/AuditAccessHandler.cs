using System.Buffers.Text;
using System.Globalization;
using Scoring.Administration;
using Scoring.Checkpoints;
using Scoring.Exports;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Audit;

/// <summary>From a case and a name to a look that is written: nothing is told before its entry stands.</summary>
internal sealed class AuditAccessHandler(
    IAuditStore store, ICheckpointStore checkpoints, CurrentCatalogue catalogue, PlatformKeys keys, ProgrammeClock clock)
{
    /// <summary>
    /// Writes a look; or says why there is none. That a history does not reach to what was asked for tells something of it too: that is
    /// said only behind a look.
    /// </summary>
    /// <param name="auditor">Whose case.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="name">Whom it is about.</param>
    /// <param name="asOf">As of when; <see langword="null"/> for now.</param>
    /// <param name="asAsked">Whether a question named by its reference is looked at as it was answered.</param>
    public async Task<(AuditAccess? Look, ResolvedSubject? Subject, AuditRefusal? Refusal)> RecordAccess(
        string auditor, string caseId, NamedSubject name, AsOf? asOf, bool asAsked = false)
    {
        if (await Case(auditor, caseId) is not { } open) return (null, null, AuditRefusal.CaseUnknown);
        var (found, now) = (catalogue.Find(open.Programme) ?? throw new RuleBookStaleException(), clock.Now);
        var (today, way) = (found.Day(now), Way(open, name));
        if (way is null || await store.Resolve(way, open.Programme, today, CancellationToken.None) is not { } subject)
            return (null, null, AuditRefusal.SubjectUnknown);
        if (asAsked && subject.NamedTurn is not null) asOf = new AsOf(Turn: subject.NamedTurn);
        var reached = await AsOfWhen(subject, asOf ?? new AsOf(), found, today);
        var seen = reached ?? (today, null);
        var key = AdminActionKey.Of("audit-look", open.Case, subject.Subject.ToString(), Text(seen.Day), Text(seen.Turn), Text(today));
        var entry = AuditEntries.AccessRecorded(open, key, now, today, seen.Day, seen.Turn);
        if (await store.AppendAccess(way, open.Programme, today, subject.Subject, entry, CancellationToken.None) is not { } turn)
            return (null, null, AuditRefusal.SubjectUnknown);
        if (reached is null) return (null, null, AuditRefusal.AsOfUnknown);
        var last = Math.Min(seen.Turn ?? turn - 1, turn - 1);
        return (new AuditAccess(open, new ExportMark(subject.Subject, last, seen.Day, now), key), subject, null);
    }

    /// <summary>A case of the auditor that has not ended.</summary>
    public async Task<AuditCase?> Case(string auditor, string caseId)
    {
        if (await store.FindCase(caseId, auditor, CancellationToken.None) is not { } found) return null;
        return catalogue.Find(found.Programme) is { } programme && programme.Day(clock.Now) <= found.ExpiresOn ? found : null;
    }

    private SubjectLookup? Way(AuditCase of, NamedSubject name)
    {
        if (!name.IsOne()) return null;
        var reference = name.Reference is null ? null : Reference(name.Reference);
        if (name.Reference is not null && reference is null) return null;
        return new SubjectLookup(
            reference, name.Contest, name.AuditCode is { } code ? keys.AuditCodeHash(code) : null, name.Draw, name.Pick ?? 0, of.Case);
    }

    private static Guid? Reference(string text)
    {
        Span<byte> bytes = stackalloc byte[16];
        return Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == 16 ? new Guid(bytes, bigEndian: true) : null;
    }

    /// <summary>The day on which the score is asked for, and the last turn when it is not simply all there is.</summary>
    private async Task<(DateOnly Day, long? Turn)?> AsOfWhen(ResolvedSubject subject, AsOf asOf, KnownProgramme programme, DateOnly today)
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
