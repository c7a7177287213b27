using System.Collections.Immutable;
using System.Text;
using Scoring.Administration;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>One document as it stands in its table.</summary>
/// <param name="Path">Where the core expects it: a programme's file, or the list that it is an element of.</param>
/// <param name="Id">A registration's name, so that rows of one list differ.</param>
/// <param name="Json">Its text.</param>
internal sealed record StoredDocument(string Path, string Id, byte[] Json)
{
    public const string Sources = "sources";
    public const string Services = "services";

    public bool IsSame(StoredDocument other) => Path == other.Path && Id == other.Id && Json.AsSpan().SequenceEqual(other.Json);
}

/// <summary>Everything published as it stands in the tables at one moment.</summary>
/// <param name="Documents">The documents, in the same order whenever they are the same.</param>
/// <param name="Suspended">The suspended programmes.</param>
/// <param name="Ended">The ended ones.</param>
/// <param name="Registrations">How registrations stand, by <see cref="StoppedState.KeyOf"/>.</param>
internal sealed record StoredState(
    ImmutableArray<StoredDocument> Documents, ImmutableHashSet<ProgrammeId> Suspended, ImmutableHashSet<ProgrammeId> Ended,
    ImmutableDictionary<string, RegistrationStatus> Registrations)
{
    public bool HasSameDocuments(StoredState other) =>
        Documents.Length == other.Documents.Length && Documents.Zip(other.Documents).All(pair => pair.First.IsSame(pair.Second));

    /// <summary>Reads and checks the documents like those of a folder.</summary>
    /// <exception cref="ProgrammesRefusedException">Something is wrong with them.</exception>
    public DocumentSet Checked()
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
