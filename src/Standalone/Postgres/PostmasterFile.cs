using System.Globalization;

namespace Scoring.Postgres;

/// <summary>The content of <c>postmaster.pid</c>: the server's process, the folder of its socket, and the state of its start.</summary>
internal sealed record PostmasterFile(int ProcessId, string SocketFolder, string Status)
{
    public bool IsReady => Status == "ready";

    /// <summary>
    /// Reads the file; <see langword="null"/> when there is none. A file that the server is still writing has an empty folder and status.
    /// </summary>
    public static PostmasterFile? Read(string path)
    {
        try
        {
            return Parse(File.ReadAllLines(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // Lines: process, data folder, start time, port, socket folder, TCP address, shared memory, status.
    internal static PostmasterFile? Parse(string[] lines) =>
        lines.Length > 0 && int.TryParse(lines[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var id) && id > 0
            ? new PostmasterFile(id, lines.ElementAtOrDefault(4)?.Trim() ?? "", lines.ElementAtOrDefault(7)?.Trim() ?? "")
            : null;
}
