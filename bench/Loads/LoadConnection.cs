using System.Buffers.Text;
using System.Net.Sockets;

namespace Scoring.Bench.Loads;

/// <summary>
/// One connection of HTTP/1.1 with one request at a time. It does as little as possible, because the load shares the processors with the
/// platform: it reads the status, and a body by its length or in chunks.
/// </summary>
internal sealed class LoadConnection(Uri address) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _output = new byte[4096];
    private byte[] _input = new byte[16 * 1024];
    private int _received;

    /// <summary>Connects.</summary>
    public async Task Open(CancellationToken cancellationToken) =>
        await _socket.ConnectAsync(address.Host, address.Port, cancellationToken);

    /// <summary>Sends a request and reads the answer. The body of a success is empty unless it is kept.</summary>
    /// <exception cref="IOException">The connection ended before the answer did.</exception>
    public async Task<(int Status, byte[] Body)> Send(
        byte[] head, ReadOnlyMemory<byte> body, bool keepsBody, CancellationToken cancellationToken)
    {
        var output = Compose(head, body.Span);
        while (!output.IsEmpty) output = output[await _socket.SendAsync(output, cancellationToken)..];
        _received = 0;
        int at;
        while ((at = EndOf("\r\n\r\n"u8, 0)) < 0) await Receive(cancellationToken);
        if (!Utf8Parser.TryParse(_input.AsSpan(9, 3), out int status, out _)) throw new IOException("The answer has no status.");
        keepsBody |= status >= 400; // it says why
        if (!IsChunked(at))
        {
            var end = at + BodyLength(at);
            while (_received < end) await Receive(cancellationToken);
            return (status, keepsBody ? _input[at..end] : []);
        }
        using var kept = new MemoryStream();
        while (true)
        {
            int start;
            while ((start = EndOf("\r\n"u8, at)) < 0) await Receive(cancellationToken);
            var size = ChunkLength(at);
            var end = start + size + 2;
            while (_received < end) await Receive(cancellationToken);
            if (size == 0) return (status, kept.ToArray());
            if (keepsBody) kept.Write(_input, start, size);
            at = end;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private ReadOnlyMemory<byte> Compose(byte[] head, ReadOnlySpan<byte> body)
    {
        var length = head.Length + body.Length + 16;
        if (_output.Length < length) _output = new byte[length];
        head.CopyTo(_output, 0);
        var at = head.Length;
        Utf8Formatter.TryFormat(body.Length, _output.AsSpan(at), out var digits);
        at += digits;
        "\r\n\r\n"u8.CopyTo(_output.AsSpan(at));
        at += 4;
        body.CopyTo(_output.AsSpan(at));
        return _output.AsMemory(0, at + body.Length);
    }

    private async ValueTask Receive(CancellationToken cancellationToken)
    {
        if (_received == _input.Length) Array.Resize(ref _input, 2 * _input.Length);
        var count = await _socket.ReceiveAsync(_input.AsMemory(_received), cancellationToken);
        if (count == 0) throw new IOException("The connection ended before the answer did.");
        _received += count;
    }

    /// <summary>Returns where the first such text after a place ends; -1 when it has not been received.</summary>
    private int EndOf(ReadOnlySpan<byte> text, int from) =>
        _input.AsSpan(from, _received - from).IndexOf(text) is >= 0 and var found ? from + found + text.Length : -1;

    private bool IsChunked(int headEnd) => _input.AsSpan(0, headEnd).IndexOf("Transfer-Encoding: chunked\r\n"u8) >= 0;

    private int BodyLength(int headEnd)
    {
        var name = "Content-Length: "u8;
        var found = _input.AsSpan(0, headEnd).IndexOf(name);
        return found >= 0 && Utf8Parser.TryParse(_input.AsSpan(found + name.Length), out int length, out _) ? length : 0;
    }

    private int ChunkLength(int at) =>
        Utf8Parser.TryParse(_input.AsSpan(at), out int length, out _, 'X') ? length : throw new IOException("A chunk has no length.");
}
