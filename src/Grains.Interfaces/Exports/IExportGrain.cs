using System.Collections.Immutable;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Exports;

/// <summary>
/// A participant's own archive, page by page: the gateway writes the files, the platform signs their digests. A reentrant stateless
/// worker with key 0 that keeps nothing: what goes on from page to page is in the calls, so that any silo may answer the next. Every call
/// resolves the subject anew; <see langword="null"/> means that it has left, or its rules have changed meanwhile: the archive is broken
/// off. One's own export is no look and leaves no entry.
/// </summary>
[Alias("scoring.IExportGrain"), GrainInterfaceType("export")]
public interface IExportGrain : IGrainWithIntegerKey
{
    /// <summary>Fixes what the archive holds: turns up to the last one of now.</summary>
    [Alias("Begin")]
    Task<ExportMark?> Begin(OwnSubject own);

    /// <summary>Entries in ascending turns, each with what its leaf is made of.</summary>
    /// <param name="own">Whose.</param>
    /// <param name="mark">From <see cref="Begin"/>.</param>
    /// <param name="after">Only turns above this; 0 for the first page.</param>
    [Alias("Entries")]
    Task<ExportedEntries?> Entries(OwnSubject own, ExportMark mark, long after);

    /// <summary>That entries are in a checkpoint's logs, in ascending turns; those past its sizes are left out.</summary>
    /// <param name="own">Whose.</param>
    /// <param name="mark">From <see cref="Begin"/>.</param>
    /// <param name="checkpoint">The checkpoint's number.</param>
    /// <param name="after">Only turns above this; 0 for the first page.</param>
    [Alias("Proofs")]
    Task<ExportedProofs?> Proofs(OwnSubject own, ExportMark mark, long checkpoint, long after);

    /// <summary>Contests, their decisions and corrections, in ascending turns. A page may be empty and yet not the last.</summary>
    [Alias("Contests")]
    Task<ExportedHistory?> Contests(OwnSubject own, ExportMark mark, long after);

    /// <summary>Entries of consent, given and renewed, in ascending turns. A page may be empty and yet not the last.</summary>
    [Alias("Consents")]
    Task<ExportedHistory?> Consents(OwnSubject own, ExportMark mark, long after);

    /// <summary>
    /// Folds a page of entries on: the looks among them in ascending turns with what was answered, and, on the last page, the score
    /// explained as of the mark, without the entries behind each day.
    /// </summary>
    /// <param name="own">Whose.</param>
    /// <param name="mark">From <see cref="Begin"/>.</param>
    /// <param name="fold">From the page before; <see langword="null"/> for the first.</param>
    [Alias("Looks")]
    Task<ExportedAccesses?> Looks(OwnSubject own, ExportMark mark, ExportFold? fold);

    /// <summary>
    /// The documents of one published version in canonical JSON, by their names in an archive; <see langword="null"/> when there is no such
    /// version.
    /// </summary>
    [Alias("Version")]
    Task<ImmutableArray<ExportedDocument>?> Version(ProgrammeId programme, int number);

    /// <summary>The event types that any version of the programme takes, likewise.</summary>
    [Alias("EventTypes")]
    Task<ImmutableArray<ExportedDocument>> EventTypes(ProgrammeId programme);

    /// <summary>Makes the manifest over the archive's other files and signs it. Whoever has left by now gets none.</summary>
    [Alias("Seal")]
    Task<ExportSeal?> Seal(OwnSubject own, ExportMark mark, ImmutableArray<ExportedFile> files);
}

/// <summary>What an archive is of.</summary>
/// <param name="Subject">The subject's number. It leaves the platform here, for leaves cannot be recomputed without it.</param>
/// <param name="LastTurn">The last turn in it.</param>
/// <param name="Day">The day that it was asked for, in the programme's zone: the score is as of this day.</param>
/// <param name="At">The instant.</param>
[GenerateSerializer, Immutable, Alias("scoring.export-mark")]
public sealed record ExportMark(SubjectId Subject, long LastTurn, DateOnly Day, DateTimeOffset At);

/// <summary>A page of entries.</summary>
/// <param name="Entries">In ascending turns.</param>
/// <param name="After">Ask for turns after this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-entries")]
public sealed record ExportedEntries(ImmutableArray<ExportedEntry> Entries, long? After);

/// <summary>An entry with what its leaf is made of.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Key">Its key.</param>
/// <param name="Nonce">SHA-256 of the subject's ledger key and the turn; the ledger key itself stays.</param>
/// <param name="Leaf">Its leaf, as the ledger has it.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-entry")]
public sealed record ExportedEntry(Entry Entry, Guid Key, byte[] Nonce, byte[] Leaf);

/// <summary>A page of proofs.</summary>
/// <param name="Proofs">In ascending turns.</param>
/// <param name="After">Ask for turns after this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-proofs")]
public sealed record ExportedProofs(ImmutableArray<ExportedProof> Proofs, long? After);

/// <summary>That one entry is in its partition's log.</summary>
/// <param name="Turn">The entry's turn.</param>
/// <param name="Proof">The proof.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-proof")]
public sealed record ExportedProof(long Turn, InclusionProof Proof);

/// <summary>A page of entries of some kinds.</summary>
/// <param name="Entries">In ascending turns.</param>
/// <param name="After">Ask for turns after this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-history")]
public sealed record ExportedHistory(ImmutableArray<HistoryEntry> Entries, long? After);

/// <summary>Looks and the fold to go on with.</summary>
/// <param name="Looks">In ascending turns.</param>
/// <param name="Fold">Where to go on; <see langword="null"/> at the end.</param>
/// <param name="Explanation">The score explained, at the end only; no day lists its entries.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-looks")]
public sealed record ExportedAccesses(ImmutableArray<AccessView> Looks, ExportFold? Fold, Explanation? Explanation);

/// <summary>A fold laid down between two pages.</summary>
/// <param name="RulesHash">Of the rules that it was made under.</param>
/// <param name="State">The fold's own form.</param>
/// <param name="Events">How many events stand behind each rule.</param>
/// <param name="IsWhole">Whether no turn was missing so far: past a missing one nobody can say what was answered.</param>
[GenerateSerializer, Immutable, Alias("scoring.export-fold")]
public sealed record ExportFold(string RulesHash, byte[] State, ImmutableArray<long> Events, bool IsWhole);

/// <summary>A published document.</summary>
/// <param name="Name">Its name in an archive.</param>
/// <param name="Json">Canonical JSON (RFC 8785) in UTF-8; of a rule set these bytes have its hash.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-document")]
public sealed record ExportedDocument(string Name, byte[] Json);

/// <summary>A file of an archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("scoring.exported-file")]
public sealed record ExportedFile(string Name, long Bytes, string Sha256);

/// <summary>What makes an archive complete.</summary>
/// <param name="Manifest">Canonical JSON in UTF-8.</param>
/// <param name="Signature">A JWS in compact form whose payload is the manifest, by the receipt key.</param>
[GenerateSerializer, Immutable, Alias("scoring.export-seal")]
public sealed record ExportSeal(byte[] Manifest, string Signature);
