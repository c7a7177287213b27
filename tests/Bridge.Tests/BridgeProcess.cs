using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Scoring.Bridge.Commands;

namespace Scoring.Bridge;

/// <summary>The bridge as a process of its own, which can be killed.</summary>
internal sealed class BridgeProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _printed = new();

    private BridgeProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _printed.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _printed.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Printed => string.Join('\n', _printed);

    public bool HasExited => _process.HasExited;

    public static BridgeProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[typeof(BridgeCommand).Assembly.Location, .. arguments]) start.ArgumentList.Add(argument);
        return new BridgeProcess(Process.Start(start)!);
    }

    /// <summary>Kills it, as a power cut does.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops it by SIGTERM; returns its exit code.</summary>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        return await Ended();
    }

    /// <summary>Waits until it ends; returns its exit code.</summary>
    public async Task<int> Ended()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
