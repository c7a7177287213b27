using System.Text;
using Akka.Actor;
using Akka.Serialization;
using Scoring.Peers.Entrance;

namespace Scoring.Peers.Actors;

/// <summary>Stores an event as key, day, length of the handle, handle, body.</summary>
public sealed class EventSerializer(ExtendedActorSystem system) : Serializer(system)
{
    private const int HandleAt = 24;

    /// <inheritdoc/>
    public override int Identifier => 31_001;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        var one = (PeerEvent)obj;
        var length = Encoding.UTF8.GetByteCount(one.Handle);
        var bytes = new byte[HandleAt + length + one.Body.Length];
        one.Key.TryWriteBytes(bytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(16), one.Day.DayNumber);
        BitConverter.TryWriteBytes(bytes.AsSpan(20), length);
        Encoding.UTF8.GetBytes(one.Handle, bytes.AsSpan(HandleAt));
        one.Body.CopyTo(bytes, HandleAt + length);
        return bytes;
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type)
    {
        var length = BitConverter.ToInt32(bytes, 20);
        return new PeerEvent(
            Encoding.UTF8.GetString(bytes, HandleAt, length), new Guid(bytes.AsSpan(0, 16)),
            DateOnly.FromDayNumber(BitConverter.ToInt32(bytes, 16)), bytes[(HandleAt + length)..]);
    }
}
