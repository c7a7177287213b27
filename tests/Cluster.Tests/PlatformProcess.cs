using System.Collections.Concurrent;
using System.Diagnostics;

namespace Scoring.Cluster;

/// <summary>Runs a silo or gateway as a separate process, from the build output in the tests' own configuration.</summary>
internal sealed class PlatformProcess : IAsyncDisposable
{
    private const int LinesMax = 40;

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    private PlatformProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The last output of the process.</summary>
    public string Tail => string.Join('\n', _lines);

    public bool HasExited => _process.HasExited;

    /// <summary>Starts <c>Scoring.{project}.dll</c> with these settings as environment variables.</summary>
    public static PlatformProcess Start(string project, IEnumerable<(string Name, string Value)> settings)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var folder = Path.Combine(own.Parent!.Parent!.FullName, project, own.Name);
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(folder, $"Scoring.{project}.dll"));
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new PlatformProcess(start);
    }

    /// <summary>Ends this process by SIGKILL: it neither hands over its work nor leaves the cluster.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        while (_lines.Count > LinesMax) _lines.TryDequeue(out _);
    }
}
