using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Scoring.City.Commands;
using Scoring.City.Demos;
using Scoring.City.Platform;
using Scoring.Postgres;

namespace Scoring.Hosting;

/// <summary>Runs the platform as its own process on a folder of the test and keeps everything that it prints.</summary>
internal sealed class StandaloneProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _printed = new();

    private StandaloneProcess(string folder, Process process)
    {
        Folder = folder;
        _process = process;
        process.OutputDataReceived += (_, line) => _printed.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _printed.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Folder { get; }

    public int Id => _process.Id;

    public string Printed => string.Join('\n', _printed);

    public StandaloneFile File => StandaloneFile.Read(StandaloneSettings.FileOf(Folder));

    private static string Program => typeof(Hosting.StandaloneHost).Assembly.Location;

    /// <summary>Starts the process and does not wait.</summary>
    public static StandaloneProcess Launch(
        string folder, bool developmentClock, string environment = "Development", params string[] more) =>
        Launch(folder, developmentClock, environment, heapBytesMax: null, [], more);

    private static StandaloneProcess Launch(
        string folder, bool developmentClock, string environment, long? heapBytesMax, string[] prefix, string[] more,
        string? program = null)
    {
        string[] line = [.. prefix, "dotnet"];
        var start = new ProcessStartInfo(line[0])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        foreach (var part in line.Skip(1)) start.ArgumentList.Add(part);
        start.ArgumentList.Add(program ?? Program);
        foreach (var setting in (string[])[.. StandaloneSettings.Arguments(folder, developmentClock), .. more])
        {
            var isOfIssuer = setting.StartsWith("--DevelopmentIssuer:", StringComparison.Ordinal);
            if (!isOfIssuer || environment == "Development" || more.Contains(setting)) start.ArgumentList.Add(setting);
        }
        // All temporary files go to one folder; the runtime's pipes for debuggers, which are temporary files too, are turned off.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["TMPDIR"] = Directory.CreateDirectory(TemporaryFolder(folder)).FullName;
        start.Environment["DOTNET_ENVIRONMENT"] = start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        if (heapBytesMax is { } bytes) start.Environment["DOTNET_GCHeapHardLimit"] = bytes.ToString("X", CultureInfo.InvariantCulture);
        return new StandaloneProcess(folder, Process.Start(start)!);
    }

    /// <summary>Starts the process and waits until the platform is ready.</summary>
    public static Task<StandaloneProcess> Start(string folder, bool developmentClock = false, params string[] more) =>
        StartWithin(heapBytesMax: null, folder, developmentClock, more);

    /// <summary>
    /// Starts the process as another account, which gets the folder, and waits until the platform is ready. It needs root.
    /// <see langword="null"/> for the account of this process.
    /// </summary>
    public static async Task<StandaloneProcess> StartAs(string? account, string folder)
    {
        if (account is null) return await Start(folder);
        var temporary = Directory.CreateDirectory(TemporaryFolder(folder)).FullName;
        // The account may not read the folder of the build.
        var program = Path.Combine(temporary, "program");
        await Command("cp", "-R", Path.GetDirectoryName(Program)!, program);
        await Command("chmod", "-R", "a+rX", program);
        await Command("chown", "-R", $"{account}:", folder, temporary);
        return await Ready(Launch(
            folder, developmentClock: false, "Development", heapBytesMax: null,
            ["setpriv", $"--reuid={account}", $"--regid={account}", "--init-groups", "--"], [],
            Path.Combine(program, Path.GetFileName(Program))));
    }

    private static async Task Command(params string[] line)
    {
        var result = await CommandRunner.Run(line, "/", CancellationToken.None);
        if (!result.Succeeded) throw new InvalidOperationException(result.Errors);
    }

    /// <summary>
    /// Starts the process with a managed heap of at most so many bytes and waits until the platform is ready. The process ends when it
    /// needs more.
    /// </summary>
    public static async Task<StandaloneProcess> StartWithin(
        long? heapBytesMax, string folder, bool developmentClock = false, params string[] more)
    {
        System.IO.File.Delete(StandaloneSettings.FileOf(folder));
        return await Ready(Launch(folder, developmentClock, "Development", heapBytesMax, [], more));
    }

    private static async Task<StandaloneProcess> Ready(StandaloneProcess process)
    {
        using var http = new HttpClient();
        using var timeout = new CancellationTokenSource(StartMax);
        while (!await process.IsReady(http))
        {
            if (process._process.HasExited || timeout.IsCancellationRequested)
            {
                await process.DisposeAsync();
                throw new InvalidOperationException("The platform is not ready:\n" + process.Printed);
            }
        }
        return process;
    }

    /// <summary>Returns the folder of temporary files of a process on this folder.</summary>
    public static string TemporaryFolder(string folder) => folder + ".tmp";

    /// <summary>Kills the process, as a power cut does; its database keeps running.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public Session Session() => new(File, [], "standalone-tests", 4);

    /// <summary>Waits until the process ends on its own; returns its exit code.</summary>
    public async Task<int> Ended()
    {
        using var timeout = new CancellationTokenSource(StartMax);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _process.Dispose();
    }

    /// <summary>Stops the process gracefully; its whole output can be read afterwards.</summary>
    public async Task Stop()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var timeout = new CancellationTokenSource(StopMax);
            try
            {
                await _process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }
    }

    private async Task<bool> IsReady(HttpClient http)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        await pause.WaitForNextTickAsync();
        if (!System.IO.File.Exists(StandaloneSettings.FileOf(Folder))) return false;
        try
        {
            using var answer = await http.GetAsync(new Uri(File.Address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <summary>A temporary folder that is deleted on disposal.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("scoring-standalone-").FullName;

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        if (Directory.Exists(StandaloneProcess.TemporaryFolder(Path)))
            Directory.Delete(StandaloneProcess.TemporaryFolder(Path), recursive: true);
    }
}
