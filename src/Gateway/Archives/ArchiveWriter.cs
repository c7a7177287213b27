using System.Buffers;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using Scoring.Exports;

namespace Scoring.Archives;

/// <summary>
/// A zip archive straight onto the answer's body: one file after the other, each with its digest, no more of it in memory than a page. It
/// is complete only once <see cref="Finish"/> has returned; given up before, it has no directory and no reader takes it for whole.
/// </summary>
internal sealed class ArchiveWriter
{
    private const int PendingBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _pending = new(PendingBytes);
    private readonly List<ExportedFile> _files = [];
    private readonly BodyStream _body;
    private readonly ZipArchive _zip;
    private readonly DateTimeOffset _at;
    private readonly CancellationToken _cancellation;

    private ArchiveWriter(BodyStream body, ZipArchive zip, DateTimeOffset at, CancellationToken cancellationToken) =>
        (_body, _zip, _at, _cancellation) = (body, zip, at, cancellationToken);

    /// <summary>The files written so far.</summary>
    public ImmutableArray<ExportedFile> Files => [.. _files];

    /// <summary>Begins one.</summary>
    /// <param name="body">Where it goes.</param>
    /// <param name="at">The time that its files bear.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public static async Task<ArchiveWriter> Begin(Stream body, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var stream = new BodyStream(body);
        var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        return new ArchiveWriter(stream, zip, at, cancellationToken);
    }

    /// <summary>Writes one file.</summary>
    public async Task File(string name, Func<ArchiveFile, Task> write)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = _at;
        var stream = await entry.OpenAsync(_cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var file = new ArchiveFile(stream, hash, _pending, _cancellation);
        await write(file);
        await file.Flush();
        await stream.DisposeAsync();
        _files.Add(new ExportedFile(name, file.Bytes, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    /// <summary>Writes one file that is at hand.</summary>
    public Task File(string name, ReadOnlyMemory<byte> bytes) => File(name, file =>
    {
        file.Write(bytes.Span);
        return Task.CompletedTask;
    });

    /// <summary>Writes the directory, which makes the archive whole.</summary>
    public async Task Finish()
    {
        await _zip.DisposeAsync();
        await _body.FlushAsync(_cancellation);
    }
}
