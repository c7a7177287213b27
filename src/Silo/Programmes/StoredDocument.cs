using System.Collections.Immutable;
using System.Text;
using Scoring.Administration;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>One document as it is stored in its table.</summary>
/// <param name="Path">The path under which the core reads it: a programme's file, or the list that it is an element of.</param>
/// <param name="Id">The name of a registration, which tells the rows of one list apart; empty for a programme's document.</param>
/// <param name="Json">The text of the document.</param>
internal sealed record StoredDocument(string Path, string Id, byte[] Json)
{
    public const string Sources = "sources";
    public const string Services = "services";

    public bool IsSame(StoredDocument other) => Path == other.Path && Id == other.Id && Json.AsSpan().SequenceEqual(other.Json);
}

/// <summary>Everything that is published and registered at one moment.</summary>
/// <param name="Documents">The documents. The same documents are always in the same order.</param>
/// <param name="Suspended">The suspended programmes.</param>
/// <param name="Ended">The ended ones.</param>
/// <param name="Registrations">The status of each registration, by <see cref="StoppedState.KeyOf"/>.</param>
internal sealed record StoredState(
    ImmutableArray<StoredDocument> Documents, ImmutableHashSet<ProgrammeId> Suspended, ImmutableHashSet<ProgrammeId> Ended,
    ImmutableDictionary<string, RegistrationStatus> Registrations)
{
    public bool HasSameDocuments(StoredState other) =>
        Documents.Length == other.Documents.Length && Documents.Zip(other.Documents).All(pair => pair.First.IsSame(pair.Second));

    /// <summary>Parses and checks the documents like those of a folder.</summary>
    /// <exception cref="ProgrammesRefusedException">The documents have faults.</exception>
    public DocumentSet Parse()
    {
        var texts = new List<(string, ReadOnlyMemory<byte>)>
        {
            (ProgrammeDocuments.EventTypesPath, List(ProgrammeDocuments.EventTypesPath)),
            (ProgrammeDocuments.RegistrationsPath,
                (byte[])
                [
                    .. "{\"services\":"u8, .. List(StoredDocument.Services), .. ",\"sources\":"u8, .. List(StoredDocument.Sources),
                    .. "}"u8,
                ]),
        };
        texts.AddRange(Documents.Where(document => document.Id.Length == 0)
            .Select(document => (document.Path, (ReadOnlyMemory<byte>)document.Json)));
        var read = ProgrammeDocuments.Read(texts);
        return read.Problems.IsEmpty ? read : throw new ProgrammesRefusedException(read.Problems.Select(problem => problem.ToString()));
    }

    private byte[] List(string path) => Encoding.UTF8.GetBytes(
        "[" + string.Join(',', Documents.Where(document => document.Path == path).Select(d => Encoding.UTF8.GetString(d.Json))) + "]");
}
