namespace Scoring.Bridge.Messages;

/// <summary>
/// What the origin hands over and takes back as one: a message of a broker, or a file. It is settled when each of its events is with the
/// platform or is a dead letter; only then may the origin forget it.
/// </summary>
/// <param name="key">Events with the same key are sent in their order, and never at the same time.</param>
internal abstract class Delivery(string key)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = 1; // the origin's own part, until Close
    private volatile bool _isAbandoned;

    /// <summary>The key. It may name a person, so it is in no log.</summary>
    public string Key => key;

    /// <summary>Ends when every event is settled.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Whether the origin will hand over the same again, so that what is not sent yet need not be sent.</summary>
    public bool IsAbandoned => _isAbandoned;

    /// <summary>Adds an event that must be settled too.</summary>
    public void Open() => Interlocked.Increment(ref _open);

    /// <summary>Says that the origin has added all events.</summary>
    public void Close() => Settle();

    /// <summary>Settles one event.</summary>
    public void Settle()
    {
        if (Interlocked.Decrement(ref _open) == 0) _settled.TrySetResult();
    }

    /// <summary>Says that the origin will hand over the same again.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <summary>Puts an event into the dead-letter place on the source's side. It is durable there when this returns.</summary>
    /// <exception cref="DeadLetterException">The place does not take it now.</exception>
    public abstract Task Bury(CarriedEvent dead, IReadOnlyList<Reason> reasons, CancellationToken cancellationToken);
}

/// <summary>The dead-letter place does not take an event now. The message holds nothing of the event.</summary>
internal sealed class DeadLetterException(string message, Exception inner) : Exception(message, inner);
