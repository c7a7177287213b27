using MQTTnet;
using Scoring.Bridge.DeadLetters;
using Scoring.Bridge.Messages;

namespace Scoring.Bridge.Mqtt;

/// <summary>An MQTT message on its way. Its key is its topic, because that is what MQTT keeps in order.</summary>
internal sealed class MqttDelivery(MqttApplicationMessageReceivedEventArgs message, DayFiles dead)
    : Delivery(message.ApplicationMessage.Topic)
{
    /// <summary>Tells the broker that the message is settled.</summary>
    public Task Acknowledge(CancellationToken cancellationToken) => message.AcknowledgeAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task Bury(CarriedEvent carried, IReadOnlyList<Reason> reasons, CancellationToken cancellationToken) =>
        dead.Add(LetterText.Letter(dead.Time.GetUtcNow(), Key, carried, reasons), cancellationToken);
}
