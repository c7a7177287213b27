using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Scoring.Bridge.Carriage;
using Scoring.Bridge.Messages;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Mqtt;

/// <summary>
/// One connection to the broker, with a client of its own. Packet ids are reused by the next connection, so an acknowledgement must never
/// outlive its own one.
/// </summary>
internal sealed class MqttConnection : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<MqttDelivery> _taken = Channel.CreateUnbounded<MqttDelivery>(); // the broker sends ReceiveMax at most
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finishing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _gone = new();
    private readonly MqttOptions _options;
    private readonly Func<MqttApplicationMessageReceivedEventArgs, MqttDelivery?> _take;
    private Task _acknowledging = Task.CompletedTask;
    private MqttDelivery? _awaited;

    /// <summary>Creates a connection that is not open.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="take">Takes a message; <see langword="null"/> when it is not taken, and the broker hands it over again.</param>
    public MqttConnection(MqttOptions options, Func<MqttApplicationMessageReceivedEventArgs, MqttDelivery?> take)
    {
        _options = options;
        _take = take;
        _client.ApplicationMessageReceivedAsync += OnMessage;
        _client.DisconnectedAsync += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>Ends when the connection is lost.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Connects and subscribes. Returns whether the broker had kept the session.</summary>
    /// <exception cref="SettingsException">The broker does not grant a subscription with QoS 1.</exception>
    public async Task<bool> Open(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(MqttClients.AnswerMax); // the client's own limit does not hold with a token
        _acknowledging = Acknowledge();
        var connected = await _client.ConnectAsync(await MqttClients.Options(_options, limit.Token), limit.Token);
        if (connected.ResultCode != MqttClientConnectResultCode.Success)
            throw new BrokerException($"The broker answered {connected.ResultCode}.");
        var subscription = new MqttClientSubscribeOptions();
        foreach (var topic in _options.Topics)
            subscription.TopicFilters.Add(
                new MqttTopicFilter { Topic = topic, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce });
        var subscribed = await _client.SubscribeAsync(subscription, limit.Token);
        return subscribed.Items.All(item => item.ResultCode == MqttClientSubscribeResultCode.GrantedQoS1)
            ? connected.IsSessionPresent
            : throw new SettingsException("The broker does not grant each of Mqtt:Topics with QoS 1.");
    }

    /// <summary>Acknowledges what is settled, and tells the broker that the bridge goes. The session stays.</summary>
    public async Task Finish(CancellationToken cancellationToken)
    {
        _finishing.TrySetResult();
        _taken.Writer.TryComplete();
        await _acknowledging.WaitAsync(cancellationToken);
        if (_client.IsConnected) await _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _taken.Writer.TryComplete();
        await _acknowledging;
        _awaited?.Abandon();
        while (_taken.Reader.TryRead(out var delivery)) delivery.Abandon();
        _client.Dispose();
        _gone.Dispose();
    }

    private Task OnMessage(MqttApplicationMessageReceivedEventArgs message)
    {
        message.AutoAcknowledge = false;
        if (!_finishing.Task.IsCompleted && _take(message) is { } delivery) _taken.Writer.TryWrite(delivery);
        return Task.CompletedTask;
    }

    /// <summary>Acknowledges in the order in which the messages came, as MQTT demands (MQTT-4.6.0-2).</summary>
    private async Task Acknowledge()
    {
        try
        {
            await foreach (var delivery in _taken.Reader.ReadAllAsync(_gone.Token))
            {
                _awaited = delivery;
                await Task.WhenAny(delivery.Settled, _finishing.Task).WaitAsync(_gone.Token);
                if (!delivery.Settled.IsCompleted) return;
                await delivery.Acknowledge(_gone.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone. The broker hands over again what was not acknowledged.
        }
        catch (Exception exception) when (MqttClients.IsOfConnection(exception))
        {
            _closed.TrySetResult();
        }
    }
}
