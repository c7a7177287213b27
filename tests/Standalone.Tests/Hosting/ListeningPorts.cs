using System.Globalization;

namespace Scoring.Hosting;

/// <summary>Reads from the kernel on which TCP ports a process listens.</summary>
internal static class ListeningPorts
{
    private const string Listening = "0A";

    /// <summary>Returns the ports, ascending, on any address of either version of IP.</summary>
    public static int[] Of(int process)
    {
        var sockets = Directory.EnumerateFiles($"/proc/{process}/fd").Select(Target).ToHashSet();
        return
        [
            .. new[] { "tcp", "tcp6" }.SelectMany(kind => File.ReadLines($"/proc/{process}/net/{kind}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(row => row[3] == Listening && sockets.Contains($"socket:[{row[9]}]"))
                .Select(row => int.Parse(row[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                .Distinct().Order(),
        ];
    }

    private static string? Target(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }
}
