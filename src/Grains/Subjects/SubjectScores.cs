using Orleans.Runtime;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>
/// Asks subjects' grains, on whatever silo they are. When that silo dies, hangs or cannot fold, this silo folds the ledger itself: the
/// answer is the same, because a fold depends on the entries alone. A subject that is not there (a decoy) takes the same steps, so that a
/// silo in trouble does not tell who is enrolled.
/// </summary>
internal sealed class SubjectScores(IGrainFactory grains, SubjectDependencies services) : IDisposable
{
    private readonly SemaphoreSlim _folding = new(services.Options.FoldsForOthersMax);
    private readonly TimeSpan _wait = TimeSpan.FromMilliseconds(services.Options.AnswerWaitMs);

    /// <summary>
    /// Returns the score as the fold of exactly the turns below <paramref name="turn"/>; <see langword="null"/> when the subject has left.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">Neither the subject's silo nor this one can answer now.</exception>
    public Task<ScoreValue?> ScoreBelow(SubjectKind kind, SubjectId subject, long turn, DateOnly day) => Ask(
        grains.Subject(kind, subject).ScoreBelow(turn, day),
        async () => await FoldStart.Read(subject, services) is { } start
            ? await start.NewFold(services).ScoreBelow(turn, day, start)
            : null);

    /// <summary>Explains a subject's score; <see langword="null"/> when it has left.</summary>
    /// <exception cref="LedgerUnavailableException">Neither the subject's silo nor this one can answer now.</exception>
    public Task<Explanation?> Explain(SubjectKind kind, SubjectId subject) => Ask(
        grains.Subject(kind, subject).Explain(),
        async () => await FoldStart.ReadWhole(subject, services) is { } start ? start.NewFold(services).Explain(start) : null);

    /// <summary>Takes the steps of <see cref="ScoreBelow"/> for a grant that leads to no subject.</summary>
    /// <param name="grantHash">The keyed hash of the grant. The same grant asks the same silo each time, as an enrolled one's does.</param>
    /// <exception cref="LedgerUnavailableException">As there.</exception>
    public Task<ScoreValue?> Decoy(byte[] grantHash) => Ask(grains.Decoy(grantHash[0]).ScoreBelow(), FoldDecoy);

    /// <inheritdoc/>
    public void Dispose() => _folding.Dispose();

    private async Task<T?> Ask<T>(Task<T?> call, Func<Task<T?>> fold)
    {
        try
        {
            return await call.WaitAsync(_wait);
        }
        catch (Exception exception) when (exception is TimeoutException or SiloUnavailableException or OrleansMessageRejectionException
            or RuleBookStaleException or LedgerUnavailableException || RuntimeFailures.IsOfRuntime(exception))
        {
            call.Ignore();
        }
        if (!await _folding.WaitAsync(_wait)) throw new LedgerUnavailableException();
        try
        {
            GrainMetrics.FoldedForOthers.Add(1);
            return await fold();
        }
        finally
        {
            _folding.Release();
        }
    }

    /// <summary>Reads what a fold of one page reads, of a random number that is no subject's.</summary>
    private async Task<ScoreValue?> FoldDecoy()
    {
        await FoldStart.Read(SubjectNumbers.Draw(), services);
        return null;
    }
}
