using System.Diagnostics;
using System.Net.Sockets;

namespace Scoring.Bench.Loads;

/// <summary>Sends a plan from the load process.</summary>
internal sealed class LoadSender(LoadPlan plan) : IDisposable
{
    private readonly LoadAnswer[] _answers = new LoadAnswer[plan.Requests.Count];
    private readonly LoadConnection[] _connections = [.. Enumerable.Range(0, plan.Parallel).Select(_ => new LoadConnection(plan.Address))];
    private long _startedAt;
    private int _next = -1;
    private volatile bool _isGone;

    /// <summary>Reads a plan, connects, waits for one byte, sends everything, and writes the answers.</summary>
    public static async Task Serve(Stream input, Stream output, CancellationToken cancellationToken)
    {
        using var reader = new BinaryReader(new BufferedStream(input, 1 << 20));
        await using var writer = new BinaryWriter(new BufferedStream(output, 1 << 20));
        using var sender = new LoadSender(LoadFormat.ReadPlan(reader));
        await sender.Connect(cancellationToken);
        GC.Collect();
        writer.Write(true);
        writer.Flush();
        reader.ReadBoolean();
        var took = await sender.Run(cancellationToken);
        LoadFormat.Write(writer, sender._answers, took);
        writer.Flush();
        reader.Read(); // the end of the input: the bench has read the processor time of this process
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _connections) connection.Dispose();
    }

    private async Task Connect(CancellationToken cancellationToken)
    {
        foreach (var connection in _connections) await connection.Open(cancellationToken);
    }

    private async Task<TimeSpan> Run(CancellationToken cancellationToken)
    {
        _startedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, plan.Parallel).Select(i => Task.Run(() => Work(i, cancellationToken), cancellationToken)));
        return Stopwatch.GetElapsedTime(_startedAt);
    }

    private async Task Work(int worker, CancellationToken cancellationToken)
    {
        while (!_isGone && Stopwatch.GetElapsedTime(_startedAt).TotalSeconds < plan.SecondsMax
            && Interlocked.Increment(ref _next) is var i && i < _answers.Length)
        {
            if (plan.PerSecond > 0)
            {
                var early = TimeSpan.FromSeconds(i / plan.PerSecond) - Stopwatch.GetElapsedTime(_startedAt);
                if (early > TimeSpan.Zero) await Task.Delay(early, cancellationToken);
            }
            _answers[i] = await Send(worker, plan.Requests[i], cancellationToken);
        }
    }

    private async Task<LoadAnswer> Send(int worker, LoadRequest request, CancellationToken cancellationToken)
    {
        var sentAt = Stopwatch.GetTimestamp();
        try
        {
            var (status, body) = await _connections[worker].Send(
                plan.Heads[request.Head], request.Body, plan.KeepsBodies, cancellationToken);
            return new LoadAnswer(status, Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds, body);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            _connections[worker].Dispose();
            _connections[worker] = new LoadConnection(plan.Address);
            if (!await TryOpen(_connections[worker], cancellationToken)) _isGone = true; // no connection sends any more
            return new LoadAnswer(LoadAnswer.Broken, Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds, []);
        }
    }

    private static async Task<bool> TryOpen(LoadConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Open(cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
