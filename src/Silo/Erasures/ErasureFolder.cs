using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Scoring.Erasures;

/// <summary>The list of erasures cannot be used; the text says why and what to do.</summary>
public sealed class ErasureListException(string message) : Exception(message);

/// <summary>
/// The files of the list. A file has one writer, a silo from its first line to its end, and is never changed by another: who starts anew
/// begins a new one. So a line torn by a crash can only be a file's last.
/// </summary>
internal sealed class ErasureFolder(string path)
{
    private const string Ending = ".erasures";

    /// <summary>All hashes listed.</summary>
    /// <exception cref="ErasureListException">The folder or a file of it is missing, cannot be read or is damaged.</exception>
    public HashSet<UInt256> Read()
    {
        var listed = new HashSet<UInt256>();
        foreach (var file in Files())
            foreach (var line in Lines(file)) listed.Add(line.Hash);
        return listed;
    }

    /// <summary>Refuses a folder that cannot be written.</summary>
    /// <exception cref="ErasureListException">It is missing or closed to us.</exception>
    public void RequireWritable()
    {
        if (!Directory.Exists(path)) throw Refused("is missing: make it, one for all silos, apart from the database.");
        var probe = Path.Combine(path, Guid.NewGuid().ToString("N") + ".probe");
        try
        {
            using (var file = new FileStream(probe, FileMode.CreateNew)) file.WriteByte(0);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused("cannot be written.");
        }
    }

    /// <summary>A new file of our own. Lasting, also its name, once a first line is.</summary>
    public FileStream New()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(path, Guid.NewGuid().ToString("N") + Ending), options);
    }

    /// <summary>
    /// Drops files whose lines are all from before a day; returns how many. Nobody writes to such a file any more: its writer has begun
    /// another long since.
    /// </summary>
    public int Drop(DateOnly before)
    {
        var dropped = 0;
        foreach (var file in Files())
        {
            // An empty file may be one whose first line is being written.
            if (Lines(file) is not { Count: > 0 } lines || lines[^1].Day >= before) continue;
            File.Delete(file);
            dropped++;
        }
        return dropped;
    }

    /// <summary>Makes the names in the folder last, not only what is in the files.</summary>
    public void Flush()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new SafeFileHandle(Open(path, 0), ownsHandle: true);
        if (folder.IsInvalid || Sync(folder) != 0) throw new IOException("The folder of the erasures could not be flushed to disk.");
    }

    private string[] Files()
    {
        try
        {
            return Directory.GetFileSystemEntries(path, "*" + Ending);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused("is missing or cannot be read.");
        }
    }

    private List<ErasureLine> Lines(string file)
    {
        var bytes = Bytes(file);
        var lines = new List<ErasureLine>(bytes.Length / ErasureLine.Bytes);
        for (var at = 0; at < bytes.Length; at += ErasureLine.Bytes)
        {
            var end = Math.Min(at + ErasureLine.Bytes, bytes.Length);
            if (ErasureLine.Read(bytes.AsSpan(at, end - at)) is { } line) lines.Add(line);
            else if (HasLines(bytes.AsSpan(at))) throw Refused($"has a damaged file, {Path.GetFileName(file)}: restore it from a backup.");
            else break; // torn when its writer died: what it stood for was not answered, and is still noted in the database
        }
        return lines;
    }

    /// <summary>Whether any line stands behind a damage, wherever it begins.</summary>
    private static bool HasLines(ReadOnlySpan<byte> rest)
    {
        for (var at = 1; at + ErasureLine.Bytes <= rest.Length; at++)
            if (ErasureLine.Read(rest.Slice(at, ErasureLine.Bytes)) is not null) return true;
        return false;
    }

    private byte[] Bytes(string file)
    {
        try
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[open.Length];
            open.ReadExactly(bytes);
            return bytes;
        }
        catch (FileNotFoundException)
        {
            return []; // another silo has just dropped it
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused($"has a file that cannot be read, {Path.GetFileName(file)}.");
        }
    }

    private ErasureListException Refused(string why) => new($"The folder of the erasures, {path}, {why}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(SafeFileHandle file);
}
