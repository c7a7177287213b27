using Scoring.Administration;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>Reads what is published now. Documents that have not changed since the last read are not checked again.</summary>
internal sealed class PublishedDocuments(ProgrammeReader reader)
{
    private volatile LastRead? _last;

    /// <summary>Reads the database. While the documents do not change, it returns the same instance of their set.</summary>
    /// <exception cref="ProgrammesRefusedException">The stored documents have faults.</exception>
    public async Task<PublishedState> Read(CancellationToken cancellationToken)
    {
        var stored = await reader.Read(cancellationToken);
        var last = _last;
        if (last is null || !last.Stored.HasSameDocuments(stored)) _last = last = new LastRead(stored, stored.Parse());
        return new PublishedState(last.Documents, stored.Suspended, stored.Ended, stored.Registrations);
    }

    private sealed record LastRead(StoredState Stored, DocumentSet Documents);
}
