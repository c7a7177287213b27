using System.Collections.Immutable;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Exports;

/// <summary>
/// Serves a participant's own archive page by page. The gateway writes the files, and the platform signs their digests. A reentrant
/// stateless worker with key 0: the calls carry the state from page to page, so any silo may answer the next one. Each call resolves the
/// subject again. <see langword="null"/> means that the subject has left or its rules have changed; the gateway then aborts the archive. A
/// participant's own export is no access and makes no entry.
/// </summary>
/// <exception cref="LedgerUnavailableException">The ledger cannot be reached (from every member that reads entries).</exception>
[Alias("scoring.IExportGrain"), GrainInterfaceType("export")]
public interface IExportGrain : IGrainWithIntegerKey
{
    /// <summary>Fixes what the archive holds: the turns up to the current last one.</summary>
    /// <param name="own">The participant's subject.</param>
    [Alias("Begin"), AnySilo]
    Task<ExportMark?> Begin(OwnSubject own);

    /// <summary>Returns a page of entries in ascending turns, each with the parts of its leaf.</summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="mark">From <see cref="Begin"/>.</param>
    /// <param name="after">Only turns above this; 0 for the first page.</param>
    [Alias("Entries"), AnySilo]
    Task<ExportedEntries?> Entries(OwnSubject own, ExportMark mark, long after);

    /// <summary>
    /// Proves that entries are in a checkpoint's logs, in ascending turns. Entries after the logs' sizes are left out.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="mark">From <see cref="Begin"/>.</param>
    /// <param name="checkpoint">The checkpoint's number.</param>
    /// <param name="after">Only turns above this; 0 for the first page.</param>
    [Alias("Proofs"), AnySilo]
    Task<ExportedProofs?> Proofs(OwnSubject own, ExportMark mark, long checkpoint, long after);

    /// <summary>
    /// Returns a page of contests, their decisions and corrections, in ascending turns. A page can be empty without being the last.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="mark">From <see cref="Begin"/>.</param>
    /// <param name="after">Only turns above this; 0 for the first page.</param>
    [Alias("Contests"), AnySilo]
    Task<ExportedHistory?> Contests(OwnSubject own, ExportMark mark, long after);

    /// <summary>
    /// Returns a page of entries of consent, given and renewed, in ascending turns. A page can be empty without being the last.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="mark">From <see cref="Begin"/>.</param>
    /// <param name="after">Only turns above this; 0 for the first page.</param>
    [Alias("Consents"), AnySilo]
    Task<ExportedHistory?> Consents(OwnSubject own, ExportMark mark, long after);

    /// <summary>
    /// Folds the next page of entries. Returns its accesses in ascending turns with what was answered and, on the last page, the explained
    /// score as of the mark, without the entries of each day.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="mark">From <see cref="Begin"/>.</param>
    /// <param name="fold">From the page before; <see langword="null"/> for the first.</param>
    [Alias("Looks"), AnySilo]
    Task<ExportedAccesses?> Looks(OwnSubject own, ExportMark mark, ExportFold? fold);

    /// <summary>
    /// Returns the documents of one published version in canonical JSON: rule set, programme and assessment; <see langword="null"/> when
    /// there is no such version.
    /// </summary>
    /// <param name="programme">The programme.</param>
    /// <param name="number">The version's number, from 1.</param>
    [Alias("Version"), AnySilo]
    Task<ImmutableArray<ExportedDocument>?> Version(ProgrammeId programme, int number);

    /// <summary>Returns the documents of the event types that any version of the programme takes, in canonical JSON.</summary>
    /// <param name="programme">The programme.</param>
    [Alias("EventTypes"), AnySilo]
    Task<ImmutableArray<ExportedDocument>> EventTypes(ProgrammeId programme);

    /// <summary>
    /// Makes the manifest over the archive's other files and signs it; <see langword="null"/> when the subject has left.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="mark">From <see cref="Begin"/>.</param>
    /// <param name="files">The archive's other files.</param>
    [Alias("Seal"), AnySilo]
    Task<ExportSeal?> Seal(OwnSubject own, ExportMark mark, ImmutableArray<ExportedFile> files);
}

/// <summary>The content of an archive: a subject's history up to a turn.</summary>
/// <param name="Subject">The subject's number. It leaves the platform here, because leaves cannot be recomputed without it.</param>
/// <param name="LastTurn">The last turn in the archive.</param>
/// <param name="Day">The day of the score, in the programme's zone.</param>
/// <param name="At">The instant of the request.</param>
[GenerateSerializer, Immutable, Alias("scoring.export-mark")]
public sealed record ExportMark(SubjectId Subject, long LastTurn, DateOnly Day, DateTimeOffset At)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(ExportMark);
}

/// <summary>A page of entries.</summary>
/// <param name="Entries">The entries, in ascending turns.</param>
/// <param name="After">The next page has the turns above this; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-entries")]
public sealed record ExportedEntries(ImmutableArray<ExportedEntry> Entries, long? After);

/// <summary>An entry with the parts of its leaf.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Key">Its key.</param>
/// <param name="Nonce">
/// SHA-256 of the subject's ledger key and the turn, 32 bytes. The ledger key itself does not leave the platform.
/// </param>
/// <param name="Leaf">Its leaf as stored, 32 bytes.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-entry")]
public sealed record ExportedEntry(Entry Entry, Guid Key, byte[] Nonce, byte[] Leaf)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(ExportedEntry);
}

/// <summary>A page of proofs.</summary>
/// <param name="Proofs">The proofs, in ascending turns.</param>
/// <param name="After">The next page has the turns above this; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-proofs")]
public sealed record ExportedProofs(ImmutableArray<ExportedProof> Proofs, long? After);

/// <summary>Proves that one entry is in its partition's log.</summary>
/// <param name="Turn">The entry's turn.</param>
/// <param name="Proof">The proof.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-proof")]
public sealed record ExportedProof(long Turn, InclusionProof Proof);

/// <summary>A page of entries of certain kinds.</summary>
/// <param name="Entries">The entries, in ascending turns.</param>
/// <param name="After">The next page has the turns above this; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-history")]
public sealed record ExportedHistory(ImmutableArray<HistoryEntry> Entries, long? After);

/// <summary>A page of accesses, and the fold with which the next page continues.</summary>
/// <param name="Looks">The accesses, in ascending turns.</param>
/// <param name="Fold">The fold for the next page; <see langword="null"/> at the end.</param>
/// <param name="Explanation">The explained score, only at the end. Its days list no entries.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-looks")]
public sealed record ExportedAccesses(ImmutableArray<AccessView> Looks, ExportFold? Fold, Explanation? Explanation);

/// <summary>The state of a fold between two pages.</summary>
/// <param name="RulesHash">Hash of the rules that it was folded under.</param>
/// <param name="State">The fold's state in its own versioned form.</param>
/// <param name="Events">The number of events that each rule valued.</param>
/// <param name="IsWhole">Whether no turn was missing so far. After a missing turn, what was answered can no longer be computed.</param>
[GenerateSerializer, Immutable, Alias("scoring.export-fold")]
public sealed record ExportFold(string RulesHash, byte[] State, ImmutableArray<long> Events, bool IsWhole);

/// <summary>A published document.</summary>
/// <param name="Name">Its name in an archive.</param>
/// <param name="Json">Canonical JSON (RFC 8785) in UTF-8. The SHA-256 of a rule set's bytes is its hash.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-document")]
public sealed record ExportedDocument(string Name, byte[] Json);

/// <summary>A file of an archive.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Bytes">Its length in bytes.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-file")]
public sealed record ExportedFile(string Name, long Bytes, string Sha256);

/// <summary>The signed manifest that completes an archive.</summary>
/// <param name="Manifest">The manifest, canonical JSON in UTF-8.</param>
/// <param name="Signature">A JWS in compact form by the receipt key, whose payload is the manifest.</param>
[GenerateSerializer, Immutable, Alias("scoring.export-seal")]
public sealed record ExportSeal(byte[] Manifest, string Signature)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(ExportSeal);
}
