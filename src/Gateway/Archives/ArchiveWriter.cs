using System.Buffers;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using Scoring.Exports;

namespace Scoring.Archives;

/// <summary>
/// Writes a zip archive into the answer's body, one file after another, each with its digest. Memory holds at most a page of it. The
/// archive is complete when <see cref="Finish"/> has returned. An archive that was aborted before has no directory, so no reader takes it
/// for complete.
/// </summary>
internal sealed class ArchiveWriter
{
    private const int PendingBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _pending = new(PendingBytes);
    private readonly List<ExportedFile> _files = [];
    private readonly BodyStream _body;
    private readonly ZipArchive _zip;
    private readonly DateTimeOffset _at;
    private readonly CancellationToken _cancellationToken;

    private ArchiveWriter(BodyStream body, ZipArchive zip, DateTimeOffset at, CancellationToken cancellationToken)
    {
        _body = body;
        _zip = zip;
        _at = at;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The files written so far.</summary>
    public ImmutableArray<ExportedFile> Files => [.. _files];

    /// <summary>Begins an archive.</summary>
    /// <param name="body">The answer's body.</param>
    /// <param name="at">The last-write time of its files.</param>
    /// <param name="cancellationToken">Aborts the archive.</param>
    public static async Task<ArchiveWriter> Begin(Stream body, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var stream = new BodyStream(body);
        var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        return new ArchiveWriter(stream, zip, at, cancellationToken);
    }

    /// <summary>Writes one file by a function.</summary>
    public async Task File(string name, Func<ArchiveFile, Task> write)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = _at;
        var stream = await entry.OpenAsync(_cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var file = new ArchiveFile(stream, hash, _pending, _cancellationToken);
        await write(file);
        await file.Flush();
        await stream.DisposeAsync();
        _files.Add(new ExportedFile(name, file.Bytes, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    /// <summary>Writes one file from bytes.</summary>
    public Task File(string name, ReadOnlyMemory<byte> bytes) => File(name, file =>
    {
        file.Write(bytes.Span);
        return Task.CompletedTask;
    });

    /// <summary>Writes the directory, which completes the archive.</summary>
    public async Task Finish()
    {
        await _zip.DisposeAsync();
        await _body.FlushAsync(_cancellationToken);
    }
}
