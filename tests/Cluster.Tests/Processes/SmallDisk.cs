using System.Diagnostics;

namespace Scoring.Processes;

/// <summary>A small file system in memory, for the data of PostgreSQL, which can be filled and emptied again.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const long LeftBytesMax = 64 * 1024;

    // A larger part takes so long that the server, which takes room too, is always faster.
    private const long PartBytesMax = 64 * 1024 * 1024;

    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Why this machine cannot have one; <see langword="null"/> when it can.</summary>
    public static string? WhyNot => !OperatingSystem.IsLinux() || Environment.UserName != "root" ? "it needs Linux and root" : null;

    /// <summary>How much room is left, in MiB.</summary>
    public long FreeMiB => new DriveInfo(_folder).AvailableFreeSpace >> 20;

    /// <summary>Mounts one of this size.</summary>
    public static async Task<SmallDisk> Mount(int sizeMiB)
    {
        var folder = Path.Combine(Path.GetTempPath(), "scoring-disk-" + Path.GetRandomFileName()[..8]);
        Directory.CreateDirectory(folder);
        await Run("mount", "-t", "tmpfs", "-o", $"size={sizeMiB}m,mode=0755", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    /// <summary>The folder of one server's data.</summary>
    public string Folder(string server) => Path.Combine(_folder, server);

    /// <summary>Takes all room. Returns how many bytes that were.</summary>
    public long Fill()
    {
        var taken = 0L;
        for (var part = 0; new DriveInfo(_folder).AvailableFreeSpace is > LeftBytesMax and var free; part++)
        {
            var bytes = Math.Min(free, PartBytesMax);
            try
            {
                var file = Path.Combine(_folder, $"ballast-{part}");
                File.OpenHandle(file, FileMode.Create, FileAccess.Write, preallocationSize: bytes).Dispose();
                taken += bytes;
            }
            catch (IOException)
            {
                // The server was faster. What is left now is tried again.
            }
        }
        return taken;
    }

    /// <summary>Gives the room back.</summary>
    public void Empty()
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "ballast-*")) File.Delete(file);
    }

    public async ValueTask DisposeAsync()
    {
        await Run("umount", "--lazy", _folder);
        Directory.Delete(_folder);
    }

    private static async Task Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command} failed: {errors}");
    }
}
