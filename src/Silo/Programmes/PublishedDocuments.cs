using Scoring.Administration;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>What is published at this moment. Documents that have not changed since they were last read are not checked again.</summary>
internal sealed class PublishedDocuments(ProgrammeReader tables)
{
    private volatile LastRead? _known;

    /// <summary>Reads the database. As long as the documents are the same, so is their set.</summary>
    /// <exception cref="ProgrammesRefusedException">They cannot be used.</exception>
    public async Task<PublishedState> Read(CancellationToken cancellationToken)
    {
        var stored = await tables.Read(cancellationToken);
        var known = _known;
        if (known is null || !known.Stored.HasSameDocuments(stored)) _known = known = new LastRead(stored, stored.Checked());
        return new PublishedState(known.Documents, stored.Suspended, stored.Ended, stored.Registrations);
    }

    private sealed record LastRead(StoredState Stored, DocumentSet Documents);
}
