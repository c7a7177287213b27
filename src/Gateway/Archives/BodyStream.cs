using System.Buffers;

namespace Scoring.Archives;

/// <summary>
/// An answer's body that accepts synchronous writes. The zip library's streams write the end of a file synchronously when they are
/// disposed, even asynchronously, and the web server allows no synchronous writes. Such an end has a few kilobytes; it is buffered here
/// until the next asynchronous write.
/// </summary>
internal sealed class BodyStream(Stream body) : Stream
{
    private readonly ArrayBufferWriter<byte> _buffered = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => _buffered.Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => _buffered.Write(buffer);

    public override void WriteByte(byte value) => _buffered.Write([value]);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await SendBuffered(cancellationToken);
        await body.WriteAsync(buffer, cancellationToken);
    }

    /// <summary>Does nothing: the next asynchronous write sends what is buffered.</summary>
    public override void Flush()
    {
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await SendBuffered(cancellationToken);
        await body.FlushAsync(cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask SendBuffered(CancellationToken cancellationToken)
    {
        if (_buffered.WrittenCount == 0) return;
        await body.WriteAsync(_buffered.WrittenMemory, cancellationToken);
        _buffered.ResetWrittenCount();
    }
}
