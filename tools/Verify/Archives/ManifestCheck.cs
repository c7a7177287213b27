using System.Security.Cryptography;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Archives;

/// <summary>Checks that an archive is complete and as the platform signed it.</summary>
public static class ManifestCheck
{
    private static readonly string[] Unlisted = ["manifest.json", "manifest.jws"];

    /// <summary>Checks the signature, the digests, the lengths and the names.</summary>
    public static void Run(ArchiveReader archive, ReceiptKeys keys, Findings findings)
    {
        findings.Check(
            keys.HasSigned(archive.Text("manifest.jws"), archive.Bytes("manifest.json"), "export-manifest+jws"), "manifest-signature",
            "The list of files is signed by the platform.",
            "The list of files is not signed by the platform's key: the archive was changed or forged.");
        var listed = new HashSet<string>(Unlisted, StringComparer.Ordinal);
        var unchanged = 0;
        foreach (var file in archive.Manifest["files"]?.AsArray() ?? [])
        {
            var name = (string)file!["name"]!;
            listed.Add(name);
            if (archive.Content(name) is not { } content)
            {
                findings.Fail("file-missing", $"{name} is in the signed list and missing.");
                continue;
            }
            if (Digest(content) == ((string?)file["sha256"], (long?)file["bytes"])) unchanged++;
            else findings.Fail("file-changed", $"{name} is not what the platform signed.");
        }
        foreach (var name in archive.Names.Where(name => !listed.Contains(name)))
            findings.Fail("file-unlisted", $"{name} is in the archive and not in its signed list.");
        if (findings.Failed("file-missing") + findings.Failed("file-changed") + findings.Failed("file-unlisted") == 0)
            findings.Pass("files", $"All {unchanged} files are as they were signed.");
    }

    /// <summary>Returns the digest and the length of a file; neither when its compressed bytes are damaged.</summary>
    private static (string? Digest, long? Bytes) Digest(Stream content)
    {
        using var counted = new CountedStream(content);
        try
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(counted));
            return (digest, counted.Count);
        }
        catch (InvalidDataException)
        {
            return (null, -1);
        }
    }

    private sealed class CountedStream(Stream inner) : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            Count += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
