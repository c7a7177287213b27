namespace Scoring.Bridge.Messages;

/// <summary>One event on its way.</summary>
/// <param name="Bytes">The event in the JSON format of CloudEvents; the message as it came when it is no event.</param>
/// <param name="Delivery">What it came with.</param>
/// <param name="Number">Its place in the delivery, from 1: the line of a file, the element of an array.</param>
/// <param name="Fault">Why it cannot be sent at all; <see langword="null"/> when it can.</param>
internal sealed record CarriedEvent(ReadOnlyMemory<byte> Bytes, Delivery Delivery, int Number, string? Fault = null);

/// <summary>Why an event is refused.</summary>
/// <param name="Pointer">A JSON pointer into the event.</param>
/// <param name="Detail">What is wrong there. It repeats no value of the event.</param>
internal sealed record Reason(string Pointer, string Detail);
