using Orleans.Runtime;

namespace Scoring.Administration;

/// <summary>Keeps what is under way in a grain of administrators.</summary>
internal static class PersistentStateExtensions
{
    /// <summary>Stores the next state. When that fails, whether it was stored is not known: the grain gives up and is read anew.</summary>
    public static async Task Keep<T>(this IPersistentState<T> kept, T next, Action giveUp)
    {
        var before = kept.State;
        kept.State = next;
        try
        {
            await kept.WriteStateAsync();
        }
        catch
        {
            kept.State = before;
            giveUp();
            throw;
        }
    }
}
