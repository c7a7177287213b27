using System.Diagnostics;

namespace Scoring.Ledger;

/// <summary>
/// The spans of the last traced commits of this silo by partition. So the delivery of their entries continues the trace, and nothing of it
/// is stored or goes through the stream. Where the partition's grain is in another silo the trace ends with the commit.
/// </summary>
public sealed class FlushTraces
{
    private const int KeptMax = 16;

    private readonly Lock _gate = new();
    private readonly Queue<(int Partition, long Position, ActivityContext Span)> _kept = new(KeptMax);
    private volatile bool _isEmpty = true;

    /// <summary>
    /// Remembers that a traced commit has brought a partition to a position. Call it before the stream learns of the position.
    /// </summary>
    public void Note(int partition, long position, ActivityContext span)
    {
        lock (_gate)
        {
            if (_kept.Count == KeptMax) _kept.Dequeue();
            _kept.Enqueue((partition, position, span));
            _isEmpty = false;
        }
    }

    /// <summary>
    /// Takes the span of a traced commit that brought the partition to a position after one and up to another; the first of several.
    /// Returns <see langword="null"/> when there is none, which costs nothing as long as nothing is traced.
    /// </summary>
    public ActivityContext? Take(int partition, long after, long to)
    {
        if (_isEmpty) return null;
        lock (_gate)
        {
            ActivityContext? found = null;
            for (var left = _kept.Count; left > 0; left--)
            {
                var one = _kept.Dequeue();
                if (one.Partition != partition || one.Position > to) _kept.Enqueue(one);
                else if (one.Position > after) found ??= one.Span;
            }
            _isEmpty = _kept.Count == 0;
            return found;
        }
    }
}
