using System.Buffers;
using Microsoft.Extensions.Logging;
using MQTTnet;
using Scoring.Bridge.Carriage;
using Scoring.Bridge.DeadLetters;
using Scoring.Bridge.Messages;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Mqtt;

/// <summary>
/// Carries topics of an MQTT 5 broker by a persistent session with QoS 1. A message is acknowledged when it is settled; the broker sends a
/// bounded number before that, so a slow platform slows the broker down.
/// </summary>
internal sealed partial class MqttSource(BridgeSettings settings, DayFiles dead, TimeProvider time, ILogger<MqttSource> log) : IEventSource
{
    private readonly Pace _pace = new(TimeSpan.FromSeconds(settings.Batches.BackoffSecondsMax), TimeSpan.Zero, time);
    private MqttConnection? _connection;
    private long _open;

    /// <summary>How many messages were taken and are not settled. What waits at the broker, only the broker knows.</summary>
    public long Lag => Interlocked.Read(ref _open);

    /// <inheritdoc/>
    public async Task Read(EventBuffer buffer, CancellationToken cancellationToken)
    {
        var isFirst = true;
        while (true)
        {
            await _pace.Wait(cancellationToken);
            if (_connection is not null) await _connection.DisposeAsync();
            _connection = new MqttConnection(settings.Mqtt, message => Take(message, buffer, cancellationToken));
            try
            {
                if (!await _connection.Open(cancellationToken) && !isFirst) LogNoSession();
                isFirst = false;
                _pace.Resume();
                LogConnected();
                await _connection.Closed.WaitAsync(cancellationToken);
                LogDisconnected("the connection was closed");
            }
            catch (Exception exception) when (MqttClients.IsOfConnection(exception) && !cancellationToken.IsCancellationRequested)
            {
                LogDisconnected(MqttClients.Describe(exception));
            }
            _pace.Hold(null);
        }
    }

    /// <inheritdoc/>
    public async Task Finish(CancellationToken cancellationToken)
    {
        try
        {
            if (_connection is not null) await _connection.Finish(cancellationToken);
        }
        catch (Exception exception) when (MqttClients.IsOfConnection(exception))
        {
            LogDisconnected(MqttClients.Describe(exception)); // not acknowledged, so handed over again
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        dead.Dispose();
    }

    private MqttDelivery? Take(
        MqttApplicationMessageReceivedEventArgs received, EventBuffer buffer, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return null;
        var message = received.ApplicationMessage;
        var delivery = new MqttDelivery(received, dead);
        ReadOnlyMemory<byte> body = message.Payload.ToArray();
        MessageAttribute[] attributes = [.. (message.UserProperties ?? []).Select(one => new MessageAttribute(one.Name, one.ValueBuffer))];
        Interlocked.Increment(ref _open);
        _ = delivery.Settled.ContinueWith(
            _ => Interlocked.Decrement(ref _open), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        buffer.AddMessage(MessageReader.Read(body, message.ContentType, attributes), body, delivery, settings.Batches.BytesMax);
        return delivery;
    }

    [LoggerMessage(7401, LogLevel.Information, "The bridge is connected to the broker.")]
    private partial void LogConnected();

    [LoggerMessage(7402, LogLevel.Warning, "The broker is away, and the bridge tries again: {Why}")]
    private partial void LogDisconnected(string why);

    [LoggerMessage(7403, LogLevel.Error, "The broker has forgotten the session. It has not kept what was published meanwhile.")]
    private partial void LogNoSession();
}
