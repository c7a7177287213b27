using Orleans.Runtime;

namespace Scoring.Administration;

/// <summary>Stores the states of administrators' grains.</summary>
internal static class PersistentStateExtensions
{
    /// <summary>
    /// Stores the next state. After a failure it is not known whether the state was stored, so the grain is deactivated and reads its state
    /// again when it is next activated.
    /// </summary>
    public static async Task Keep<T>(this IPersistentState<T> storage, T next, Action deactivate)
    {
        var before = storage.State;
        storage.State = next;
        try
        {
            await storage.WriteStateAsync();
        }
        catch
        {
            storage.State = before;
            deactivate();
            throw;
        }
    }
}
