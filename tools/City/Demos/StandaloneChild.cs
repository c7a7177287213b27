using System.Diagnostics;
using System.Runtime.InteropServices;
using Scoring.City.Platform;

namespace Scoring.City.Demos;

/// <summary>The platform as a child process on a scratch folder, which is gone when this is disposed.</summary>
public sealed class StandaloneChild : IAsyncDisposable
{
    /// <summary>How long it may take to be ready.</summary>
    public static readonly TimeSpan ReadyMax = TimeSpan.FromSeconds(90);

    /// <summary>How long it may take to stop in order.</summary>
    public static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);

    private const int SigTerm = 15;
    private const int LinesKept = 40;

    private readonly Process _process;
    private readonly string _scratch;
    private readonly Queue<string> _lines = [];

    private StandaloneChild(Process process, string scratch)
    {
        _process = process;
        _scratch = scratch;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where the child says where it is.</summary>
    public string StandaloneFilePath => StandaloneSettings.FileOf(_scratch);

    private const int CheckpointSeconds = 5; // nobody waits an hour to see a demonstration's entries proven

    /// <summary>Starts it on a free port and waits until it is ready.</summary>
    /// <exception cref="CityException">It does not get ready.</exception>
    public static async Task<StandaloneChild> Start(string assembly, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("scoring-demo-").FullName;
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = scratch,
        };
        foreach (var argument in (string[])[
            assembly, .. StandaloneSettings.Arguments(scratch, developmentClock: true), $"--Checkpoints:IntervalSeconds={CheckpointSeconds}"])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_ENVIRONMENT"] = start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var child = new StandaloneChild(Process.Start(start)!, scratch);
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
        using (var patience = new CancellationTokenSource(StopMax))
        {
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await Console.Error.WriteLineAsync($"The platform did not stop within {StopMax.TotalSeconds} s and was ended.");
            }
        }
        _process.Dispose();
        Directory.Delete(_scratch, recursive: true);
    }

    private async Task Ready(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ReadyMax);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (true)
        {
            if (_process.HasExited) throw new CityException($"The platform ended at its start:\n{LastLines()}");
            try
            {
                if (File.Exists(StandaloneFilePath))
                {
                    var ready = new Uri(StandaloneFile.Read(StandaloneFilePath).Address, "/health/ready");
                    using var answer = await http.GetAsync(ready, patience.Token);
                    if (answer.IsSuccessStatusCode) return;
                }
                await Task.Delay(100, patience.Token);
            }
            catch (Exception exception) when (
                exception is HttpRequestException || exception is OperationCanceledException && !patience.IsCancellationRequested)
            {
                await Task.Delay(100, patience.Token); // not listening yet, or one answer took too long on a busy machine
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
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
