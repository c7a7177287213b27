using Scoring.Client;
using Scoring.SignIn;

namespace Scoring.Audit;

/// <summary>The cases and draws of the auditor who is signed in.</summary>
internal sealed class OwnCases(CurrentSession session)
{
    /// <summary>Returns the auditor's cases.</summary>
    public Task<IReadOnlyList<AuditCase>> List(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(session.Required.Audits.Cases);
    }
}
