using System.Diagnostics;
using System.Runtime.InteropServices;
using Scoring.City.Platform;

namespace Scoring.City.Demos;

/// <summary>
/// Runs the platform as a child process on a scratch folder. Disposing it stops the process, and deletes the folder if it made it.
/// </summary>
public sealed class StandaloneChild : IAsyncDisposable
{
    /// <summary>The longest start.</summary>
    public static readonly TimeSpan ReadyMax = TimeSpan.FromSeconds(90);

    /// <summary>The longest orderly stop, after which the process is killed.</summary>
    public static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);

    private const int CheckpointSeconds = 5; // a demonstration cannot wait an hour until its entries are proven
    private const int SigTerm = 15;
    private const int LinesKept = 40;

    private readonly Process _process;
    private readonly string _scratch;
    private readonly bool _deletes;
    private readonly Queue<string> _lines = [];

    private StandaloneChild(Process process, string scratch, bool deletes)
    {
        _process = process;
        _scratch = scratch;
        _deletes = deletes;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The path of the standalone file that the child writes.</summary>
    public string StandaloneFilePath => StandaloneSettings.FileOf(_scratch);

    /// <summary>Returns the path of the platform's assembly in the same build as City.</summary>
    /// <exception cref="CityException">The platform is not built.</exception>
    public static string BuiltAssembly()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(own.Parent!.Parent!.FullName, "Standalone", own.Name, "Scoring.Standalone.dll");
        return File.Exists(path) ? path
            : throw new CityException($"{path} does not exist. Build src/Standalone, or set the path with --assembly.");
    }

    /// <summary>Starts the platform on a free port, a new folder and the development clock, and waits until it is ready.</summary>
    /// <exception cref="CityException">The platform does not become ready.</exception>
    public static Task<StandaloneChild> Start(string assembly, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("scoring-demo-").FullName;
        string[] arguments =
        [
            .. StandaloneSettings.Arguments(scratch, developmentClock: true), $"--Checkpoints:IntervalSeconds={CheckpointSeconds}",
        ];
        return Start(assembly, scratch, deletes: true, arguments, cancellationToken);
    }

    /// <summary>Starts the platform on a free port, a folder that is kept and the machine's clock, and waits until it is ready.</summary>
    /// <exception cref="CityException">The platform does not become ready.</exception>
    public static Task<StandaloneChild> Start(
        string assembly, string folder, IEnumerable<string> settings, CancellationToken cancellationToken) => Start(
        assembly, folder, deletes: false, [.. StandaloneSettings.Arguments(folder, developmentClock: false), .. settings],
        cancellationToken);

    private static async Task<StandaloneChild> Start(
        string assembly, string scratch, bool deletes, string[] arguments, CancellationToken cancellationToken)
    {
        File.Delete(StandaloneSettings.FileOf(scratch)); // one of an earlier start has another address
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = scratch,
        };
        foreach (var argument in (string[])[assembly, .. arguments]) start.ArgumentList.Add(argument);
        start.Environment["DOTNET_ENVIRONMENT"] = start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var child = new StandaloneChild(Process.Start(start)!, scratch, deletes);
        try
        {
            await child.Ready(cancellationToken);
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _ = Signal(_process.Id, SigTerm);
        using (var timeout = new CancellationTokenSource(StopMax))
        {
            try
            {
                await _process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await Console.Error.WriteLineAsync($"The platform did not stop within {StopMax.TotalSeconds} s and was killed.");
            }
        }
        _process.Dispose();
        if (_deletes) Directory.Delete(_scratch, recursive: true);
    }

    private async Task Ready(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ReadyMax);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (true)
        {
            if (_process.HasExited) throw new CityException($"The platform ended while it started:\n{LastLines()}");
            try
            {
                if (File.Exists(StandaloneFilePath))
                {
                    var ready = new Uri(StandaloneFile.Read(StandaloneFilePath).Address, "/health/ready");
                    using var answer = await http.GetAsync(ready, timeout.Token);
                    if (answer.IsSuccessStatusCode) return;
                }
                await Task.Delay(100, timeout.Token);
            }
            catch (Exception exception) when (
                exception is HttpRequestException || exception is OperationCanceledException && !timeout.IsCancellationRequested)
            {
                await Task.Delay(100, timeout.Token); // not listening yet, or one answer took too long on a busy machine
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new CityException($"The platform was not ready within {ReadyMax.TotalSeconds} s:\n{LastLines()}");
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept) _lines.Dequeue();
        }
    }

    private string LastLines()
    {
        lock (_lines) return string.Join('\n', _lines);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
