namespace Scoring.Bridge.Messages;

/// <summary>What the bridge checks of an event by itself: only what keeps a batch from being sent at all.</summary>
internal static class EventChecks
{
    private const int BracketBytes = 2;

    /// <summary>Returns an event on its way; it is a dead letter when no batch can hold it.</summary>
    public static CarriedEvent Sized(ReadOnlyMemory<byte> json, Delivery delivery, int number, int batchBytesMax) =>
        json.Length + BracketBytes > batchBytesMax
            ? new CarriedEvent(json, delivery, number, $"It is longer than {batchBytesMax - BracketBytes} bytes.")
            : new CarriedEvent(json, delivery, number);

    /// <summary>Adds the events of a message to the buffer, or the message itself when it is none.</summary>
    public static void AddMessage(
        this Carriage.EventBuffer buffer, MessageContent content, ReadOnlyMemory<byte> whole, Delivery delivery, int batchBytesMax)
    {
        if (content.Fault is { } fault) buffer.Add(new CarriedEvent(whole, delivery, 1, fault));
        var number = 1;
        foreach (var one in content.Events) buffer.Add(Sized(one, delivery, number++, batchBytesMax));
        delivery.Close();
    }
}
