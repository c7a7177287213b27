using Scoring.Enrolments;

namespace Scoring.Notices;

/// <summary>
/// Reads for one live stream of notices. Key: a random number that the gateway draws for the stream, so that the key names no person. It is
/// not a stateless worker: only a call to one activation can be cancelled, and a stream's call waits.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
/// <exception cref="Scores.RuleBookStaleException">The silo's rule book is older than its limit (from every member).</exception>
[Alias("scoring.INoticeStreamGrain"), GrainInterfaceType("notice-stream")]
public interface INoticeStreamGrain : IGrainWithIntegerKey
{
    /// <summary>As <see cref="INoticeGrain.After"/>. When the call is cancelled, the wait ends and the grain is deactivated.</summary>
    [Alias("After")]
    Task<NoticeRun?> After(OwnSubject own, NoticeCursor? after, int count, bool waits, CancellationToken cancellationToken);
}
