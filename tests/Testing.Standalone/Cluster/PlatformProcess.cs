using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Scoring.Cluster;

/// <summary>Runs a silo or gateway as a separate process, from the build output in the tests' own configuration.</summary>
internal sealed class PlatformProcess : IAsyncDisposable
{
    private const int LinesMax = 100;

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

    /// <summary>The id of the process, for its processor time.</summary>
    public int Id => _process.Id;

    /// <summary>The memory that the process has in RAM, in bytes; 0 when it has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0; // it has ended meanwhile
            }
        }
    }

    /// <summary>The folder with the build output of all projects, in the tests' own configuration.</summary>
    public static string OwnBuild =>
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Parent!.FullName;

    /// <summary>Returns the output folder of a project in a build.</summary>
    public static string Folder(string build, string project) =>
        Path.Combine(build, project, Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)));

    /// <summary>Starts <c>Scoring.{project}.dll</c> with these settings as environment variables.</summary>
    /// <param name="project">The project: Silo or Gateway.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="build">The folder with the build output of all projects; <see langword="null"/> for the tests' own.</param>
    /// <param name="prefix">A command that starts the process by replacing itself, with its arguments; none by default.</param>
    /// <param name="keepsAll">Whether every line of output is kept, and not only the last ones.</param>
    public static PlatformProcess Start(
        string project, IEnumerable<(string Name, string Value)> settings, string? build = null, string[]? prefix = null,
        bool keepsAll = false)
    {
        var folder = Folder(build ?? OwnBuild, project);
        string[] line =
        [
            .. prefix ?? [], Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet",
            Path.Combine(folder, $"Scoring.{project}.dll"),
        ];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new PlatformProcess(start, keepsAll);
    }

    /// <summary>Sends a signal to this process, for example <c>STOP</c>. A process that has ended gets none.</summary>
    public async Task Signal(string signal)
    {
        if (_process.HasExited) return;
        using var kill = Process.Start("kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until the process has ended. Returns its exit code.</summary>
    public async Task<int> WaitForExit(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
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

    private void Keep(string? line)
    {
        if (line is null) return;
        _all?.Enqueue(line);
        _lines.Enqueue(line);
        while (_lines.Count > LinesMax) _lines.TryDequeue(out _);
    }
}
