using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Scoring.Cluster;

/// <summary>Runs a silo or gateway as a separate process, from the build output in the tests' own configuration.</summary>
internal sealed class PlatformProcess : IAsyncDisposable
{
    private const int LinesMax = 40;

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string>? _all;
    private readonly Process _process;

    private PlatformProcess(ProcessStartInfo start, bool keepsAll)
    {
        _all = keepsAll ? new() : null;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The last output of the process.</summary>
    public string Tail => string.Join('\n', _lines);

    /// <summary>Every line of output, if the process was started so that they are kept.</summary>
    public IReadOnlyCollection<string> Lines => _all ?? throw new InvalidOperationException("The lines of this process are not kept.");

    public bool HasExited => _process.HasExited;

    /// <summary>Starts <c>Scoring.{project}.dll</c> with these settings as environment variables.</summary>
    public static PlatformProcess Start(string project, IEnumerable<(string Name, string Value)> settings, bool keepsAll = false)
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
        return new PlatformProcess(start, keepsAll);
    }

    /// <summary>Ends this process by SIGKILL: it neither hands over its work nor leaves the cluster.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until this process ends on its own.</summary>
    public Task Ended(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Freezes this process by SIGSTOP: its connections stay open, and nothing is answered.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>Lets a frozen process go on.</summary>
    public Task Resume() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _all?.Enqueue(line);
        _lines.Enqueue(line);
        while (_lines.Count > LinesMax) _lines.TryDequeue(out _);
    }
}
