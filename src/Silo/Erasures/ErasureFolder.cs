using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Scoring.Erasures;

/// <summary>The erasure list cannot be used. The message says why and what to do.</summary>
public sealed class ErasureListException(string message) : Exception(message);

/// <summary>
/// The files of the erasure list. One silo writes a file from its first line to its last; no other process changes it, and a restarted silo
/// begins a new file. So only the last line of a file can be torn by a crash.
/// </summary>
internal sealed class ErasureFolder(string path)
{
    private const string Ending = ".erasures";

    /// <summary>Reads all hashes in the list.</summary>
    /// <exception cref="ErasureListException">The folder or one of its files is missing, unreadable or damaged.</exception>
    public HashSet<UInt256> Read()
    {
        var listed = new HashSet<UInt256>();
        foreach (var file in Files())
            foreach (var line in Lines(file)) listed.Add(line.Hash);
        return listed;
    }

    /// <summary>Checks by a probe file that the folder can be written.</summary>
    /// <exception cref="ErasureListException">The folder is missing or not writable.</exception>
    public void RequireWritable()
    {
        if (!Directory.Exists(path)) throw Refused("is missing. Create it: one folder for all silos, apart from the database.");
        var probe = Path.Combine(path, Guid.NewGuid().ToString("N") + ".probe");
        try
        {
            using (var file = new FileStream(probe, FileMode.CreateNew)) file.WriteByte(0);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused("cannot be written. Let the silo's user write to it.");
        }
    }

    /// <summary>
    /// Creates a new file for this silo. After its first line the caller flushes the file and the folder, so that its name is durable too.
    /// </summary>
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
    /// Deletes files whose lines are all from before a day; returns how many. The day must be further back than
    /// <see cref="ErasureOptions.FileDays"/>, so that no silo writes to such a file any more: its writer began another file since.
    /// </summary>
    public int Drop(DateOnly before)
    {
        var dropped = 0;
        foreach (var file in Files())
        {
            // An empty file may be one whose first line is just being written.
            // Lines need not be in the order of their days, because a clock may be set back.
            if (Lines(file) is not { Count: > 0 } lines || lines.Exists(line => line.Day >= before)) continue;
            File.Delete(file);
            dropped++;
        }
        return dropped;
    }

    /// <summary>
    /// Whether a file that a silo writes is still in the folder under its name, with all that was written. It is not after it was deleted,
    /// or after the folder was replaced by a copy: then what is written to it is in no list.
    /// </summary>
    public static bool Holds(FileStream own) => new FileInfo(own.Name) is { Exists: true } found && found.Length == own.Position;

    /// <summary>Flushes the folder itself to disk, so that the names of new files are durable.</summary>
    public void Flush()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new SafeFileHandle(Open(path, 0), ownsHandle: true);
        if (folder.IsInvalid || Sync(folder) != 0) throw new IOException("The folder of the erasure list could not be flushed to disk.");
    }

    private string[] Files()
    {
        try
        {
            return Directory.GetFileSystemEntries(path, "*" + Ending);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused("is missing or cannot be read. Create it, or let the silo's user read it.");
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
            else if (HasLines(bytes.AsSpan(at))) throw Refused($"has a damaged file, {Path.GetFileName(file)}. Restore it from a backup.");
            else break; // torn when its writer crashed: that withdrawal was not answered, and the database still holds it as open
        }
        return lines;
    }

    /// <summary>Whether a whole line follows a damaged one, at any offset.</summary>
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
            return []; // another silo has just deleted it
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused($"has a file that cannot be read, {Path.GetFileName(file)}. Let the silo's user read it.");
        }
    }

    private ErasureListException Refused(string why) => new($"The folder of the erasure list, {path}, {why}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(SafeFileHandle file);
}
