using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.Archives;

/// <summary>A file of an archive while it is written. Pending bytes are hashed, counted and sent page by page.</summary>
internal sealed class ArchiveFile(Stream stream, IncrementalHash hash, ArrayBufferWriter<byte> pending, CancellationToken cancellationToken)
{
    /// <summary>How many bytes were sent.</summary>
    public long Bytes { get; private set; }

    /// <summary>The buffer that collects bytes until the next <see cref="Flush"/>.</summary>
    public IBufferWriter<byte> Pending => pending;

    /// <summary>Adds text in UTF-8.</summary>
    public void Write(string text) => Encoding.UTF8.GetBytes(text, pending);

    /// <summary>Adds bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => pending.Write(bytes);

    /// <summary>Sends the pending bytes.</summary>
    public async Task Flush()
    {
        hash.AppendData(pending.WrittenSpan);
        Bytes += pending.WrittenCount;
        await stream.WriteAsync(pending.WrittenMemory, cancellationToken);
        pending.ResetWrittenCount();
    }
}
