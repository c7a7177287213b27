using System.Collections.Concurrent;
using Scoring.Bridge.Messages;

namespace Scoring.Bridge.Carriage;

/// <summary>A delivery whose dead letters stay in memory.</summary>
internal sealed class MadeUpDelivery(string key) : Delivery(key)
{
    public ConcurrentQueue<(CarriedEvent Event, IReadOnlyList<Reason> Reasons)> Dead { get; } = new();

    /// <summary>How often the dead-letter place takes nothing before it takes something.</summary>
    public int Failures { get; set; }

    public override Task Bury(CarriedEvent dead, IReadOnlyList<Reason> reasons, CancellationToken cancellationToken)
    {
        if (Failures-- > 0) throw new DeadLetterException("It is full.", new IOException());
        Dead.Enqueue((dead, reasons));
        return Task.CompletedTask;
    }
}
