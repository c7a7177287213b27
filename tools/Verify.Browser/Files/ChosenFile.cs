using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

namespace Scoring.Verify.Files;

/// <summary>
/// A file that the visitor has chosen, read in slices from the browser, so that a large one is never in memory as a whole.
/// </summary>
/// <param name="name">What the page calls the file.</param>
[SupportedOSPlatform("browser")]
internal sealed partial class ChosenFile(string name) : Stream
{
    private const int SliceBytes = 256 * 1024;

    private readonly byte[] _slice = new byte[SliceBytes];
    private readonly long _length = (long)SizeOf(name);
    private long _sliceStart;
    private int _sliceLength;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position { get => _position; set => _position = value; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_position < 0 || _position >= _length || buffer.Length == 0) return 0;
        if (_position < _sliceStart || _position >= _sliceStart + _sliceLength) Load();
        var start = (int)(_position - _sliceStart);
        var count = Math.Min(buffer.Length, _sliceLength - start);
        _slice.AsSpan(start, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => _length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Load()
    {
        _sliceStart = _position;
        _sliceLength = (int)Math.Min(SliceBytes, _length - _position);
        ReadSlice(name, _sliceStart, _slice.AsSpan(0, _sliceLength));
    }

    [JSImport("sizeOf", "files")]
    private static partial double SizeOf(string name);

    [JSImport("readSlice", "files")]
    private static partial void ReadSlice(
        string name, [JSMarshalAs<JSType.Number>] long start, [JSMarshalAs<JSType.MemoryView>] Span<byte> slice);
}
