using Scoring.Administration;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>What is published at this moment. Documents that have not changed since they were last read are not checked again.</summary>
internal sealed class PublishedDocuments(ProgrammeTables tables)
{
    private volatile Known? _known;

    /// <summary>Reads the database. As long as the documents are the same, so is their set.</summary>
    /// <exception cref="ProgrammesRefusedException">They cannot be used.</exception>
    public async Task<PublishedState> Read(CancellationToken cancel)
    {
        var stored = await tables.Read(cancel);
        var known = _known;
        if (known is null || !known.Stored.HasSameDocuments(stored)) _known = known = new Known(stored, stored.Checked());
        return new PublishedState(known.Documents, stored.Suspended, stored.Ended, stored.Registrations);
    }

    private sealed record Known(StoredState Stored, DocumentSet Documents);
}
