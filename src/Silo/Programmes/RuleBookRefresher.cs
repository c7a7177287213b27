using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>
/// Renews this silo's rule book and catalogue from the database. When that fails, the rule book grows old, until the silo refuses to fold
/// with it.
/// </summary>
internal sealed partial class RuleBookRefresher(
    PublishedDocuments published, CurrentRuleBook ruleBook, ProgrammeClock clock, ILogger<RuleBookRefresher> log) : IDisposable
{
    private readonly SemaphoreSlim _oneRefresh = new(1);
    private DocumentSet? _documents;
    private RuleBook? _book;

    /// <summary>Renews both. One call at a time runs, so that an older state never replaces a newer one.</summary>
    /// <exception cref="ProgrammesRefusedException">The stored documents have faults.</exception>
    public async Task Renew(CancellationToken cancellationToken)
    {
        await _oneRefresh.WaitAsync(cancellationToken);
        try
        {
            var state = await published.Read(cancellationToken);
            if (!ReferenceEquals(state.Documents, _documents))
            {
                _book = state.Documents.Compile();
                _documents = state.Documents;
                LogRenewed(log, state.Documents.Programmes.Length);
            }
            var stopped = state.Registrations.Where(pair => pair.Value != RegistrationStatus.Registered).Select(pair => pair.Key);
            ruleBook.Renew(_book!, _documents.Publish(
                clock.Now, new StoppedState(state.Suspended, state.Ended, stopped.ToImmutableHashSet(StringComparer.Ordinal))));
        }
        finally
        {
            _oneRefresh.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneRefresh.Dispose();

    [LoggerMessage(3001, LogLevel.Information, "The rule book was renewed: {Count} programmes")]
    private static partial void LogRenewed(ILogger logger, int count);
}
