namespace Scoring.Bridge.Carriage;

/// <summary>Reads an origin and sends its events until it is told to stop; then settles what is under way, within a bound.</summary>
internal sealed class Carrier(IEventSource source, EventBuffer buffer, BatchSender sender, int parallelMax, TimeSpan stopMax)
{
    /// <summary>Carries until it is cancelled.</summary>
    /// <exception cref="Settings.SettingsException">The origin cannot be used as it is set up.</exception>
    public async Task Run(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var deadline = new CancellationTokenSource();
        Task[] work =
        [
            Task.Run(() => source.Read(buffer, ending.Token), CancellationToken.None),
            .. Enumerable.Range(0, parallelMax)
                .Select(_ => Task.Run(() => sender.Run(buffer, deadline.Token, ending.Token), CancellationToken.None)),
        ];
        await Task.WhenAny(work); // by the stop, or by what cannot go on
        await ending.CancelAsync();
        deadline.CancelAfter(stopMax);
        try
        {
            await Task.WhenAll(work);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // asked for
        }
        finally
        {
            using var finishing = new CancellationTokenSource(stopMax);
            await source.Finish(finishing.Token);
        }
    }
}
